// SPDX-License-Identifier: Apache-2.0
int f(signed char c)
{
	return c == -1;
}
