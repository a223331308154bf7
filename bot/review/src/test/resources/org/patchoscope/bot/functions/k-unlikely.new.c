// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

int slow(int x);
int f(int x)
{
	if (likely(x >= 0))
		return x % 8;
	return slow(x);
}
