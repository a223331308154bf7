// SPDX-License-Identifier: Apache-2.0
static const short allowed[] = { 3, 9, 27, -1 };
int f(int n)
{
	for (const short *p = allowed; *p != -1; p++)
		if (*p == n)
			return 1;
	return 0;
}
