// SPDX-License-Identifier: Apache-2.0
// expect: changed
// The new neighbour does not know of it.
#include "kernel.h"

void f(struct list_head *new, struct list_head *head)
{
	new->next = head->next;
	new->prev = head;
	head->next->prev = new;
	head->next = new;
}
