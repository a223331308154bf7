// SPDX-License-Identifier: Apache-2.0
// expect: changed
// The error path keeps the lock.
#include "kernel.h"

struct q { spinlock_t lock; u32 len, max; };
int f(struct q *q)
{
	int ret = 0;

	spin_lock(&q->lock);
	if (q->len == q->max)
		ret = -ENOSPC;
	else
		q->len++;
	spin_unlock(&q->lock);
	return ret;
}
