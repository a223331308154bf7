// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

int f(u32 a, u32 b, u32 *sum)
{
	u32 s = a + b;

	*sum = s;
	return s < b ? -EOVERFLOW : 0;
}
