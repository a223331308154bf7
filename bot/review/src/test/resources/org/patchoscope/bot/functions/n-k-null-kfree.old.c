// SPDX-License-Identifier: Apache-2.0
// expect: changed
// Freed memory's member is read though the pointer may be NULL.
#include "kernel.h"

struct buf { u32 users; };
void f(struct buf *b)
{
	if (b && b->users == 0)
		kfree(b);
}
