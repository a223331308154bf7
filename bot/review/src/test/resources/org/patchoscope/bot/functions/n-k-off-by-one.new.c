// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct tab { u32 used; u64 slot[16]; };
int f(struct tab *t, u32 i)
{
	if (i >= ARRAY_SIZE(t->slot) - 1)
		return -EINVAL;
	t->used++;
	return i;
}
