// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// The locked part moves to a helper.
#include "kernel.h"

struct cnt { spinlock_t lock; u64 bytes; u32 packets; };
void f(struct cnt *c, u32 len)
{
	spin_lock(&c->lock);
	c->bytes += len;
	c->packets++;
	spin_unlock(&c->lock);
}
