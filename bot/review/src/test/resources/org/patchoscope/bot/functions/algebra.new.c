// SPDX-License-Identifier: Apache-2.0
int f(int x, int y)
{
	return (y + x) << 1;
}
