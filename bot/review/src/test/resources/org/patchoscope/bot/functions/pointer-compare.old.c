// SPDX-License-Identifier: Apache-2.0
// expect: changed
// Where they are equal.
int f(int *a, int *b)
{
	return a < b;
}
