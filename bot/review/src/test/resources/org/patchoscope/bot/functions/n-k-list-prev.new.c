// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

void f(struct list_head *new, struct list_head *head)
{
	new->next = head->next;
	new->prev = head;
	head->next = new;
}
