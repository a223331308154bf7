// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct buf { u32 len; u8 data[60]; };
struct buf *f(u32 len)
{
	struct buf *b = kmalloc(sizeof(*b), 1);

	b->len = len;
	if (!b)
		return NULL;
	return b;
}
