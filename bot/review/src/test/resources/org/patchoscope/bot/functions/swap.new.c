// SPDX-License-Identifier: Apache-2.0
void f(long *x, long *y)
{
	long first = *x, second = *y;

	*y = first;
	*x = second;
}
