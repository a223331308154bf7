// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// A result as wide as it has to be.
#include "kernel.h"

int f(u8 a, u8 b)
{
	return a + b;
}
