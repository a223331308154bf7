// SPDX-License-Identifier: Apache-2.0
// expect: equal-within-the-bound
// Not seen within four rounds, and it is said that rounds were cut.
int ask(void);

int f(unsigned int n)
{
	int sum = 0;

	for (unsigned int i = 0; i < n; i++)
		sum += ask() + 1;
	return sum;
}
