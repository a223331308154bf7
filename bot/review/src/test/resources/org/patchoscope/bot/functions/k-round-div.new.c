// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

u32 f(u32 n)
{
	return ((u64)n + 7) >> 3;
}
