// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// A hint says nothing.
#include "kernel.h"

int slow(int x);
int f(int x)
{
	if (unlikely(x < 0))
		return slow(x);
	return x & 7;
}
