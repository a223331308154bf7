// SPDX-License-Identifier: Apache-2.0
// expect: changed
// Negative numbers only.
int f(int a)
{
	return a >> 4;
}
