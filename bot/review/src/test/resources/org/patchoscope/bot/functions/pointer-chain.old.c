// SPDX-License-Identifier: Apache-2.0
// expect: equivalent-unless-objects-overlap
// A node may be its own successor.
struct node {
	struct node *next;
	int value;
};
int f(struct node *n)
{
	n->value = 1;
	n->next->value = 2;
	return n->value;
}
