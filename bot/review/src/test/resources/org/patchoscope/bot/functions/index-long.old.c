// SPDX-License-Identifier: Apache-2.0
// expect: not-analysed
// The same with an index as wide as a pointer.
int f(const char *p, unsigned long i)
{
	int third = p[3];

	__asm__("" : "+r"(third));
	return i == 3 ? third : p[i];
}
