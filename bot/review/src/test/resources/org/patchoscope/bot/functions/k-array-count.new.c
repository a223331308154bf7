// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

u32 f(const u8 *b)
{
	u32 n = 0;

	for (int i = 7; i >= 0; i--)
		n += b[i] >> 7;
	return n;
}
