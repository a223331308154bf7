// SPDX-License-Identifier: Apache-2.0
// expect: not-analysed
// Where i is 0.
int f(char *p, unsigned long i)
{
	p[0] = 1;
	p[i] = 2;
	return p[0];
}
