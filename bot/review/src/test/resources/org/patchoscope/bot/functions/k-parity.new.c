// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

u32 f(u8 x)
{
	x ^= x >> 4;
	x ^= x >> 2;
	x ^= x >> 1;
	return x & 1;
}
