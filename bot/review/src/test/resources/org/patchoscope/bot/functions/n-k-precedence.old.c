// SPDX-License-Identifier: Apache-2.0
// expect: changed
// The conditional binds less than the sum.
#include "kernel.h"

u32 f(u32 n, bool more)
{
	return n + (more ? 2 : 1);
}
