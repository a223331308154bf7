// SPDX-License-Identifier: Apache-2.0
// expect: changed
// A pointer that is an error is tested for NULL alone.
#include "kernel.h"

struct node { int v; };
struct node *lookup(int id);
void use(struct node *n);
int f(int id)
{
	struct node *n = lookup(id);

	if (IS_ERR(n))
		return -ENOENT;
	use(n);
	return 0;
}
