// SPDX-License-Identifier: Apache-2.0
// expect: equal-within-the-bound
// options: --loops 3
// Up to the bound.
unsigned int f(unsigned int n)
{
	return n < 2 ? n : f(n - 1) + f(n - 2);
}
