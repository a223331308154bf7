// SPDX-License-Identifier: Apache-2.0
static __attribute__((noinline)) int level(void)
{
	return 2;
}
int f(int a)
{
	return level() > 0 ? a : 0;
}
