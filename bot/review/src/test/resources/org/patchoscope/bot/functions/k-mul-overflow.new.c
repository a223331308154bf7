// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

int f(u32 n, u32 size, u32 *bytes)
{
	u64 all = (u64)n * size;

	if (all >> 32)
		return -EOVERFLOW;
	*bytes = all;
	return 0;
}
