// SPDX-License-Identifier: Apache-2.0
// expect: not-analysed
// p[2] by a known and by a variable index.
int f(const int *p, unsigned int i)
{
	int first = p[2];

	__asm__("" : "+r"(first));
	return i == 2 ? first : p[i];
}
