// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// The helper and the comparison that people wrote before it.
#include "kernel.h"

int f(u32 a, u32 b, u32 *sum)
{
	if (check_add_overflow(a, b, sum))
		return -EOVERFLOW;
	return 0;
}
