// SPDX-License-Identifier: Apache-2.0
// expect: changed
// A result that was negative is large now.
#include "kernel.h"

int f(int a, int b)
{
	return a - b;
}
