// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

u32 f(const u32 *w, u32 n)
{
	u32 sum = 0;

	while (n--)
		sum += *w++;
	return sum;
}
