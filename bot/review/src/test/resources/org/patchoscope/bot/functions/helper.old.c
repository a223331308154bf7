// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// Helpers are followed.
static __attribute__((noinline)) int twice(int a)
{
	return a * 2;
}
int f(int a)
{
	return twice(a) + 1;
}
