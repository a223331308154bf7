// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// Rounded to zero.
int f(int a)
{
	return a / 8;
}
