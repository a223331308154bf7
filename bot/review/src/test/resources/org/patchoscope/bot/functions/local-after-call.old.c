// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// What a variable holds at the end is nobody's business.
void fill(int *p);
int f(void)
{
	int a = 1, sum;

	fill(&a);
	sum = a;
	return sum;
}
