// SPDX-License-Identifier: Apache-2.0
// expect: changed
// The last slot is refused.
#include "kernel.h"

struct tab { u32 used; u64 slot[16]; };
int f(struct tab *t, u32 i)
{
	if (i >= ARRAY_SIZE(t->slot))
		return -EINVAL;
	t->used++;
	return i;
}
