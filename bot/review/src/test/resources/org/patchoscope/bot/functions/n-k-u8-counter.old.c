// SPDX-License-Identifier: Apache-2.0
// expect: changed
// A counter of eight bits wraps.
#include "kernel.h"

struct c { u32 n; };
u32 f(struct c *c)
{
	u32 n = c->n + 1;

	c->n = n;
	return n;
}
