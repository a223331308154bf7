// SPDX-License-Identifier: Apache-2.0
void fill(int *p);
int *lent(void);
int f(void)
{
	int a = 1;

	fill(&a);
	int *p = lent();
	a = 1;
	*p = 2;
	return 1;
}
