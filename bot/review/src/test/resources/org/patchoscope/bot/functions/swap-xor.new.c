// SPDX-License-Identifier: Apache-2.0
void f(unsigned long *a, unsigned long *b)
{
	*a ^= *b;
	*b ^= *a;
	*a ^= *b;
}
