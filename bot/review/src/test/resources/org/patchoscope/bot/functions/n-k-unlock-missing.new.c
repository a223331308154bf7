// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct q { spinlock_t lock; u32 len, max; };
int f(struct q *q)
{
	spin_lock(&q->lock);
	if (q->len == q->max)
		return -ENOSPC;
	q->len++;
	spin_unlock(&q->lock);
	return 0;
}
