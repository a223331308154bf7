// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

u32 f(u32 x)
{
	return x << 24 | (x & 0xff00) << 8 | (x >> 8 & 0xff00) | x >> 24;
}
