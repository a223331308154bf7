// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// A negated conjunction.
#include "kernel.h"

bool f(u32 flags, int n)
{
	return !((flags & 1) && n > 3 && !(flags & 0x80));
}
