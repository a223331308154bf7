// SPDX-License-Identifier: Apache-2.0
// expect: changed
// The first element is left out.
#include "kernel.h"

u32 f(const u32 *w)
{
	u32 max = 0;

	for (int i = 0; i < 4; i++)
		if (w[i] > max)
			max = w[i];
	return max;
}
