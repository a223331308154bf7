// SPDX-License-Identifier: Apache-2.0
// expect: equivalent-unless-objects-overlap
// Where both point to one object; the write is taken back.
int f(int *a, int *b)
{
	int old = *a, seen;

	*a = old + 5;
	seen = *b;
	*a = old;
	return seen;
}
