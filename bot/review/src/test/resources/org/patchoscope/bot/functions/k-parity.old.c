// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// A loop over bits folded.
#include "kernel.h"

u32 f(u8 x)
{
	u32 p = 0;

	for (int i = 0; i < 8; i++)
		p ^= x >> i & 1;
	return p;
}
