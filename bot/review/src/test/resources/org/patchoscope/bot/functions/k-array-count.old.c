// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// A loop over a known number of elements, from the other end.
#include "kernel.h"

u32 f(const u8 *b)
{
	u32 n = 0;

	for (int i = 0; i < 8; i++)
		if (b[i] & 0x80)
			n++;
	return n;
}
