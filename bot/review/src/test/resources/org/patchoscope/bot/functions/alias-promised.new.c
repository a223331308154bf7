// SPDX-License-Identifier: Apache-2.0
int f(int *a, int *b)
{
	*a = 1;
	*b = 2;
	return 1;
}
