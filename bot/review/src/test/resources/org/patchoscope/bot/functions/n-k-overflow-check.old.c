// SPDX-License-Identifier: Apache-2.0
// expect: changed
// The sum is tested after it has wrapped.
#include "kernel.h"

int f(u32 a, u32 b, u32 max)
{
	if (a > max || b > max - a)
		return -EINVAL;
	return 0;
}
