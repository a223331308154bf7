// SPDX-License-Identifier: Apache-2.0
static volatile int ready;
int f(void)
{
	ready = 2;
	return 0;
}
