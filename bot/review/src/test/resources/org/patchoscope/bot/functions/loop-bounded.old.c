// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// Up to the bound.
unsigned int f(unsigned int n)
{
	unsigned int bits = 0;

	while (n) {
		bits += n & 1;
		n >>= 1;
	}
	return bits;
}
