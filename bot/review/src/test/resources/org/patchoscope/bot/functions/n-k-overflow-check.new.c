// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

int f(u32 a, u32 b, u32 max)
{
	if (a + b > max)
		return -EINVAL;
	return 0;
}
