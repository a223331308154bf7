// SPDX-License-Identifier: Apache-2.0
unsigned short f(unsigned short a)
{
	unsigned int low = a & 0xff, high = a >> 8;

	return low * 256 + high;
}
