// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

u16 f(u16 a, u16 b)
{
	u16 s = a + b;

	if (s < a)
		return 0xffff;
	return s;
}
