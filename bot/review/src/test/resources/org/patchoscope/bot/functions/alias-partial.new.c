// SPDX-License-Identifier: Apache-2.0
int f(char *a, int *b)
{
	a[1] = 1;
	*b = 0;
	return a == (char *)b ? 0 : 1;
}
