// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// Unwinding by labels or by nested conditions.
#include "kernel.h"

struct ctx { void *a, *b; };
int f(struct ctx *c)
{
	int ret = -ENOMEM;

	c->a = kmalloc(64, 1);
	if (!c->a)
		goto out;
	c->b = kmalloc(128, 1);
	if (!c->b)
		goto free_a;
	return 0;
free_a:
	kfree(c->a);
out:
	return ret;
}
