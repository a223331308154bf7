// SPDX-License-Identifier: Apache-2.0
// expect: changed
// The state is read outside the lock.
#include "kernel.h"

struct q { spinlock_t lock; u32 len; };
u32 f(struct q *q)
{
	u32 n;

	spin_lock(&q->lock);
	n = q->len;
	q->len = 0;
	spin_unlock(&q->lock);
	return n;
}
