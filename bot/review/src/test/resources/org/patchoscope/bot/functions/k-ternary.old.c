// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// Signs by a conditional or by a difference of comparisons.
#include "kernel.h"

int f(int a, int b)
{
	return a < b ? -1 : a > b ? 1 : 0;
}
