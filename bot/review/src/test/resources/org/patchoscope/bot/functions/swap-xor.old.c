// SPDX-License-Identifier: Apache-2.0
// expect: equivalent-unless-objects-overlap
// Zero where both point to one object.
void f(unsigned long *a, unsigned long *b)
{
	unsigned long t = *a;

	*a = *b;
	*b = t;
}
