// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct item { int id; struct list_head node; };
void f(struct item *i)
{
	struct list_head *next = i->node.next, *prev = i->node.prev;

	i->id = 0;
	next->prev = prev;
}
