// SPDX-License-Identifier: Apache-2.0
// expect: equivalent-unless-objects-overlap
// Not analysed is as good, equal it is.
void f(long *a, long *b)
{
	long t = *a;

	*a = *b;
	*b = t;
}
