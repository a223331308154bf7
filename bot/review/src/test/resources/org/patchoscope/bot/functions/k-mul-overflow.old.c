// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// A product that does not fit, found in twice the width.
#include "kernel.h"

int f(u32 n, u32 size, u32 *bytes)
{
	u32 all;

	if (check_mul_overflow(n, size, &all))
		return -EOVERFLOW;
	*bytes = all;
	return 0;
}
