// SPDX-License-Identifier: Apache-2.0
// expect: equivalent-unless-objects-overlap
// Where both point to one object.
void f(int *a, int *b)
{
	*a = 1;
	*b = 2;
}
