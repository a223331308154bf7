// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// Four turns, written out.
#include "kernel.h"

u32 f(const u32 *w)
{
	u32 sum = 0;

	for (int i = 0; i < 4; i++)
		sum ^= w[i];
	return sum;
}
