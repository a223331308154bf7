// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

u32 f(const struct list_head *head)
{
	const struct list_head *p = head->next;
	u32 n = 0;

	while (p != head) {
		p = p->next;
		n += 1;
	}
	return n;
}
