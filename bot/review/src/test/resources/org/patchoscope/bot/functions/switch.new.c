// SPDX-License-Identifier: Apache-2.0
int f(int a)
{
	if (a == 4)
		return 5;
	if (a == 3)
		return 2;
	if (a == 2)
		return 13;
	if (a == 1)
		return 11;
	return a ? -1 : 7;
}
