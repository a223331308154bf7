// SPDX-License-Identifier: Apache-2.0
// expect: changed
// Every single read counts.
int f(volatile int *p)
{
	return *p * 2;
}
