// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// Integers wrap, and parameters may have other names.
int f(int a, int b)
{
	return a * 2 + b * 2;
}
