// SPDX-License-Identifier: Apache-2.0
static __attribute__((noinline)) int twice_and(int a, int b)
{
	return a + a + b;
}
int f(int a)
{
	return twice_and(a, 1);
}
