// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

u32 f(u32 n)
{
	return (n << 4) - n + (n & 63) + (n >> 5);
}
