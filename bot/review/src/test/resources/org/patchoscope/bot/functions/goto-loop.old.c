// SPDX-License-Identifier: Apache-2.0
// expect: changed
// Once too often, and by nought.
int f(int n)
{
	int r = 1;

	while (n > 1)
		r *= n--;
	return r;
}
