// SPDX-License-Identifier: Apache-2.0
struct node {
	struct node *next;
	int value;
};
int f(struct node *n)
{
	n->value = 1;
	n->next->value = 2;
	return 1;
}
