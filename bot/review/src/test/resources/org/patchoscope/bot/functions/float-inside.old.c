// SPDX-License-Identifier: Apache-2.0
// expect: not-analysed
// Hidden floating point.
int f(int a)
{
	return a * 0.5;
}
