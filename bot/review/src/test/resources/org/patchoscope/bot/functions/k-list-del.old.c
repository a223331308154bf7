// SPDX-License-Identifier: Apache-2.0
// expect: equivalent-unless-objects-overlap
// Unlinking, with the neighbours in variables or not.
#include "kernel.h"

struct item { int id; struct list_head node; };
void f(struct item *i)
{
	i->node.next->prev = i->node.prev;
	i->id = 0;
}
