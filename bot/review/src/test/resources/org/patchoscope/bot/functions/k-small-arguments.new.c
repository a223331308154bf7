// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

int f(s8 a, u16 b, bool c)
{
	int sum = c ? 1 : 0;

	sum += b;
	return sum + a;
}
