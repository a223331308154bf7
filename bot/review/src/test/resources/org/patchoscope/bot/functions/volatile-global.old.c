// SPDX-License-Identifier: Apache-2.0
// expect: changed
// So does every write.
static volatile int ready;
int f(void)
{
	ready = 1;
	ready = 2;
	return 0;
}
