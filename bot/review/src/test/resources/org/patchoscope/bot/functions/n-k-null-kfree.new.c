// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct buf { u32 users; };
void f(struct buf *b)
{
	if (b->users == 0 && b)
		kfree(b);
}
