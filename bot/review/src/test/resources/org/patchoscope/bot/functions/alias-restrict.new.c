// SPDX-License-Identifier: Apache-2.0
int f(int *restrict a, int *restrict b)
{
	*a = 1;
	*b = 2;
	return 1;
}
