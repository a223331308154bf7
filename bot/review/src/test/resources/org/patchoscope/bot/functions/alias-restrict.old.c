// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// The parameters are promised not to overlap.
int f(int *restrict a, int *restrict b)
{
	*a = 1;
	*b = 2;
	return *a;
}
