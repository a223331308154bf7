// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// A sum that stops at the top.
#include "kernel.h"

u16 f(u16 a, u16 b)
{
	u32 s = (u32)a + b;

	return s > 0xffff ? 0xffff : s;
}
