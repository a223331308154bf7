// SPDX-License-Identifier: Apache-2.0
int f(int n)
{
	return n >= 10;
}
