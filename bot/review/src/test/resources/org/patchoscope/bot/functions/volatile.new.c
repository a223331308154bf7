// SPDX-License-Identifier: Apache-2.0
int f(volatile int *p)
{
	return *p + *p;
}
