// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct item { u32 id, flags; struct list_head node; };
struct item *f(struct list_head *head, u32 id)
{
	struct item *found = NULL, *i;
	struct list_head *p;

	for (p = head->next; p != head; p = p->next) {
		i = list_entry(p, struct item, node);
		if (!(i->flags & 1) || i->id != id)
			continue;
		found = i;
		break;
	}
	return found;
}
