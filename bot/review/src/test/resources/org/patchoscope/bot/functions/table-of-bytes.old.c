// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
unsigned f(unsigned x)
{
	const unsigned char order[4] = { 2, 0, 3, 1 };

	return order[x & 3] + order[(x >> 2) & 3];
}
