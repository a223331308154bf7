// SPDX-License-Identifier: Apache-2.0
// expect: equal-within-the-bound
// A loop over n words, counted up or by a pointer.
#include "kernel.h"

u32 f(const u32 *w, u32 n)
{
	u32 sum = 0;

	for (u32 i = 0; i < n; i++)
		sum += w[i];
	return sum;
}
