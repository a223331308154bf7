// SPDX-License-Identifier: Apache-2.0
// expect: not-analysed
// A write at a variable index.
int f(unsigned int i)
{
	int a[4] = {0};

	a[i & 3] = 1;
	return a[0] + a[1] + a[2] + a[3];
}
