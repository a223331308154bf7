// SPDX-License-Identifier: Apache-2.0
// expect: changed
// options: --loops 2
// The start is another one.
unsigned int f(unsigned int n)
{
	return n < 2 ? n : f(n - 1) + f(n - 2);
}
