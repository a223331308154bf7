// SPDX-License-Identifier: Apache-2.0
// expect: changed
// Memory is filled before it is known that there is any.
#include "kernel.h"

struct buf { u32 len; u8 data[60]; };
struct buf *f(u32 len)
{
	struct buf *b = kmalloc(sizeof(*b), 1);

	if (!b)
		return NULL;
	b->len = len;
	return b;
}
