// SPDX-License-Identifier: Apache-2.0
int f(int n)
{
	int r = 1;

	while (n > 0)
		r *= --n;
	return r;
}
