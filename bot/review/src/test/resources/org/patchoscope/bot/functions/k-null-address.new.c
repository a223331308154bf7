// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct sock { u32 flags; struct list_head node; };
void *f(struct sock *sk)
{
	struct list_head *n = &sk->node;

	if (sk != NULL)
		return n->next;
	return NULL;
}
