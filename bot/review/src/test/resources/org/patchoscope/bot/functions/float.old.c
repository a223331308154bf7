// SPDX-License-Identifier: Apache-2.0
// expect: not-analysed
// Floating point.
double f(double a)
{
	return a * 2;
}
