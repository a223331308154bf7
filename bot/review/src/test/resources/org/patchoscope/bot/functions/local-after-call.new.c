// SPDX-License-Identifier: Apache-2.0
void fill(int *p);
int *keep(int *p);
int f(void)
{
	int a = 1;

	fill(&a);
	int sum = a;
	int *p = &a;
	__asm__("" : "+r"(p));
	*p = 7;
	return sum;
}
