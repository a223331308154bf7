// SPDX-License-Identifier: Apache-2.0
// expect: equal-within-the-bound
int f(int n)
{
	return n <= 1 ? n : n + f(n - 1);
}
