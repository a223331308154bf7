// SPDX-License-Identifier: Apache-2.0
double g(double a)
{
	return a + a;
}
int f(int a)
{
	return a * 2;
}
