// SPDX-License-Identifier: Apache-2.0
unsigned int f(unsigned int n)
{
	for (int i = 0; i < 200; i++)
		n = (n >> 1) ^ ((i == 199 ? 7 : i) << 3);
	return n;
}
