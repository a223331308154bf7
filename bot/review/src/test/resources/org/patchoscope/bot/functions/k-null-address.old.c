// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// An address within a structure is taken before the test; nothing is read there.
#include "kernel.h"

struct sock { u32 flags; struct list_head node; };
void *f(struct sock *sk)
{
	if (!sk)
		return NULL;
	return sk->node.next;
}
