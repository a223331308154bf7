// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct node { int v; };
struct node *lookup(int id);
int f(int id)
{
	struct node *n = lookup(id);
	int v = n->v;

	return IS_ERR(n) ? -EIO : v;
}
