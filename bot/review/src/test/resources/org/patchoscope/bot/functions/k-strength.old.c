// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// A product by a shift and a difference, a remainder by a mask.
#include "kernel.h"

u32 f(u32 n)
{
	return n * 15 + n % 64 + n / 32;
}
