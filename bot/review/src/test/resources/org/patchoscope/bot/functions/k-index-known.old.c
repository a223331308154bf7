// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// A place of an array by index or by pointer.
#include "kernel.h"

struct t { u32 n; u32 slot[8]; };
u32 f(const struct t *t, u32 i)
{
	if (i >= ARRAY_SIZE(t->slot))
		return 0;
	return t->slot[i];
}
