// SPDX-License-Identifier: Apache-2.0
// expect: changed
// Who is lent a variable may change it.
void fill(int *p);
int *lent(void);
int f(void)
{
	int a = 1;

	fill(&a);
	return a;
}
