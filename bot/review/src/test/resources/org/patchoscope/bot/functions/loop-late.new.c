// SPDX-License-Identifier: Apache-2.0
int ask(void);

int f(unsigned int n)
{
	int sum = 0;

	for (unsigned int i = 0; i < n; i++) {
		sum += ask() + 1;
		if (i == 2)
			sum++;
	}
	return sum;
}
