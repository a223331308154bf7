// SPDX-License-Identifier: Apache-2.0
// expect: equivalent-unless-objects-overlap
// The pointer that comes back may be the one given.
void fill(int *p);
int *lent(void);
int f(void)
{
	int a = 1;

	fill(&a);
	int *p = lent();
	a = 1;
	*p = 2;
	return a;
}
