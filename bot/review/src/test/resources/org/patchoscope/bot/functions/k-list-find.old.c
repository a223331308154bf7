// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// The first entry with a flag, by break or by return.
#include "kernel.h"

struct item { u32 id, flags; struct list_head node; };
struct item *f(struct list_head *head, u32 id)
{
	struct list_head *p;

	for (p = head->next; p != head; p = p->next) {
		struct item *i = list_entry(p, struct item, node);

		if (i->id == id && (i->flags & 1))
			return i;
	}
	return NULL;
}
