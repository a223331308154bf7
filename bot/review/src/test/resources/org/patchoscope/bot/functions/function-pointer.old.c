// SPDX-License-Identifier: Apache-2.0
// expect: changed
// Arguments swapped.
int f(int (*op)(int, int), int a, int b)
{
	return op(a, b);
}
