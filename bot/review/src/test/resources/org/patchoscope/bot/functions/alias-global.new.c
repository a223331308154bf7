// SPDX-License-Identifier: Apache-2.0
int total;

int f(int *p)
{
	total = 1;
	*p = 2;
	return 1;
}
