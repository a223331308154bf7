// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// Another function of the file has floating point.
double g(double a)
{
	return a * 2;
}
int f(int a)
{
	return a + a;
}
