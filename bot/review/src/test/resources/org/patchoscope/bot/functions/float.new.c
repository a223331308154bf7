// SPDX-License-Identifier: Apache-2.0
double f(double a)
{
	return a + a;
}
