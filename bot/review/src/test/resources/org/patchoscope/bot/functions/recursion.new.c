// SPDX-License-Identifier: Apache-2.0
unsigned int f(unsigned int n)
{
	if (n == 0)
		return 0;
	if (n == 1)
		return 1;
	return f(n - 2) + f(n - 1);
}
