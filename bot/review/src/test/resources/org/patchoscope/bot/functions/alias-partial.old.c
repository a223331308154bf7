// SPDX-License-Identifier: Apache-2.0
// expect: not-analysed
// b may point one byte behind a.
int f(char *a, int *b)
{
	a[1] = 1;
	*b = 0;
	return a[1];
}
