// SPDX-License-Identifier: Apache-2.0
int f(int (*op)(int, int), int a, int b)
{
	return op(b, a);
}
