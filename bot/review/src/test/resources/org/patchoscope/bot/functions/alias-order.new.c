// SPDX-License-Identifier: Apache-2.0
void f(int *a, int *b)
{
	*b = 2;
	*a = 1;
}
