// SPDX-License-Identifier: Apache-2.0
// expect: equal-within-the-bound
// A sum either way.
unsigned int f(unsigned int n)
{
	return n ? n + f(n - 1) : 0;
}
