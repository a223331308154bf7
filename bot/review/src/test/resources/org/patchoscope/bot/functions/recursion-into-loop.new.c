// SPDX-License-Identifier: Apache-2.0
unsigned int f(unsigned int n)
{
	unsigned int sum = 0;

	while (n)
		sum += n--;
	return sum;
}
