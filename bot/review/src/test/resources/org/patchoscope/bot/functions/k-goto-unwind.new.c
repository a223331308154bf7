// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct ctx { void *a, *b; };
int f(struct ctx *c)
{
	c->a = kmalloc(64, 1);
	if (c->a) {
		c->b = kmalloc(128, 1);
		if (c->b)
			return 0;
		kfree(c->a);
	}
	return -ENOMEM;
}
