// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct t { u32 n; u32 slot[8]; };
u32 f(const struct t *t, u32 i)
{
	const u32 *p = t->slot;

	return i < 8 ? *(p + i) : 0;
}
