// SPDX-License-Identifier: Apache-2.0
unsigned int f(unsigned int n)
{
	return n < 2 ? 1 : f(n - 1) + f(n - 2);
}
