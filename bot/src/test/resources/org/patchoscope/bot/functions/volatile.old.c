// SPDX-License-Identifier: Apache-2.0
// expect: not-analysed
// Every single read counts.
int f(volatile int *p)
{
	return *p * 2;
}
