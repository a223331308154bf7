// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// A mean without an overflow.
#include "kernel.h"

u32 f(u32 a, u32 b)
{
	return ((u64)a + b) / 2;
}
