// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

u32 f(const struct list_head *head)
{
	u32 n = 0;

	for (const struct list_head *p = head->next; p->next != head; p = p->next)
		n++;
	return n;
}
