// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// A test of one bit.
#include "kernel.h"

bool f(u32 n)
{
	return n != 0 && (n & (n - 1)) == 0;
}
