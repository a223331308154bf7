// SPDX-License-Identifier: Apache-2.0
int f(int n)
{
	if (n <= 1)
		return n;
	return n == 10 ? 10 : n + f(n - 1);
}
