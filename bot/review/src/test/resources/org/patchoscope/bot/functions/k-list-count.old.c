// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// A list is walked with a for or a while loop.
#include "kernel.h"

u32 f(const struct list_head *head)
{
	u32 n = 0;

	for (const struct list_head *p = head->next; p != head; p = p->next)
		n++;
	return n;
}
