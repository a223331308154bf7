// SPDX-License-Identifier: Apache-2.0
// expect: equivalent-unless-objects-overlap
// Two results through pointers, in another order.
#include "kernel.h"

int f(u32 v, u32 *hi, u32 *lo)
{
	if (v == 0)
		return -EINVAL;
	*hi = v >> 16;
	*lo = v & 0xffff;
	return 0;
}
