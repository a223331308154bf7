// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct q { spinlock_t lock; u32 len; };
u32 f(struct q *q)
{
	u32 n = q->len;

	spin_lock(&q->lock);
	q->len = 0;
	spin_unlock(&q->lock);
	return n;
}
