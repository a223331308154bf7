// SPDX-License-Identifier: Apache-2.0
// expect: not-analysed
// a and b + 1 may be one place.
int f(const int *a, const int *b)
{
	int next = b[1];

	__asm__("" : "+r"(next));
	return a == b + 1 ? next : a[0];
}
