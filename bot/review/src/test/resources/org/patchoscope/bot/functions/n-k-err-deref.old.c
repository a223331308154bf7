// SPDX-License-Identifier: Apache-2.0
// expect: changed
// An error is followed as if it were a pointer.
#include "kernel.h"

struct node { int v; };
struct node *lookup(int id);
int f(int id)
{
	struct node *n = lookup(id);

	if (IS_ERR(n))
		return -EIO;
	return n->v;
}
