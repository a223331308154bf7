// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct cnt { spinlock_t lock; u64 bytes; u32 packets; };
static __attribute__((noinline)) void account(struct cnt *c, u32 len)
{
	c->packets += 1;
	c->bytes = c->bytes + len;
}
void f(struct cnt *c, u32 len)
{
	spin_lock(&c->lock);
	account(c, len);
	spin_unlock(&c->lock);
}
