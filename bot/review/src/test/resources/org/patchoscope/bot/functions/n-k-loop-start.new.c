// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

u32 f(const u32 *w)
{
	u32 max = 0;

	for (int i = 1; i < 4; i++)
		if (w[i] > max)
			max = w[i];
	return max;
}
