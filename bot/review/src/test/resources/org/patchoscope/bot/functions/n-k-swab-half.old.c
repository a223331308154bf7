// SPDX-License-Identifier: Apache-2.0
// expect: changed
// The halves are turned, not the bytes.
#include "kernel.h"

u32 f(u32 x)
{
	return swab32(x);
}
