// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

u32 f(u32 x)
{
	return x << 16 | x >> 16;
}
