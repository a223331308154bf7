// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// A minimum in a named type.
#include "kernel.h"

u32 f(u64 want, u32 room)
{
	return min_t(u64, want, room);
}
