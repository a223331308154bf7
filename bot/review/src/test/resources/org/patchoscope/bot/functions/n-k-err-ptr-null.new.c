// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct node { int v; };
struct node *lookup(int id);
void use(struct node *n);
int f(int id)
{
	struct node *n = lookup(id);

	if (!n)
		return -ENOENT;
	use(n);
	return 0;
}
