// SPDX-License-Identifier: Apache-2.0
// expect: changed
// A negative number passes.
#include "kernel.h"

int f(int n)
{
	if ((u32)n > 100)
		return -EINVAL;
	return n;
}
