// SPDX-License-Identifier: Apache-2.0
int f(unsigned int month)
{
	month &= 3;
	return month == 1 ? 28 : month == 3 ? 30 : 31;
}
