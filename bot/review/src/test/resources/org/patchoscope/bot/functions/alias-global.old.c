// SPDX-License-Identifier: Apache-2.0
// expect: equivalent-unless-objects-overlap
// p may point to total.
int total;

int f(int *p)
{
	total = 1;
	*p = 2;
	return total;
}
