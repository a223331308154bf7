// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct c { u32 n; };
u32 f(struct c *c)
{
	u8 n = c->n + 1;

	c->n = n;
	return n;
}
