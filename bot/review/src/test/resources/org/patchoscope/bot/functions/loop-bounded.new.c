// SPDX-License-Identifier: Apache-2.0
unsigned int f(unsigned int n)
{
	unsigned int bits = 0;

	for (; n != 0; n = n / 2)
		if (n % 2)
			bits++;
	return bits;
}
