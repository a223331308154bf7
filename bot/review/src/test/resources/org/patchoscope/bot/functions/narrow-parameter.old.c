// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// Eight bits count.
int f(signed char c)
{
	return c == -1;
}
