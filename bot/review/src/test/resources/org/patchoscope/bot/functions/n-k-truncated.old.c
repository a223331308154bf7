// SPDX-License-Identifier: Apache-2.0
// expect: changed
// A length passes through 16 bits.
#include "kernel.h"

u32 f(u32 len, u32 head)
{
	u32 all = len + head;

	return all;
}
