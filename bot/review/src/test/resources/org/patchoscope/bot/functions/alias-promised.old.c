// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// options: --no-overlap
// The caller says that they do not overlap.
int f(int *a, int *b)
{
	*a = 1;
	*b = 2;
	return *a;
}
