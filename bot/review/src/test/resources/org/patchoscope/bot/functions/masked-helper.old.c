// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// A helper differs, and nobody sees it.
static __attribute__((noinline)) int level(void)
{
	return 1;
}
int f(int a)
{
	return level() > 0 ? a : 0;
}
