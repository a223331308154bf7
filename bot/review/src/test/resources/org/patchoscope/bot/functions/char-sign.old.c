// SPDX-License-Identifier: Apache-2.0
// expect: changed
// A signed char is never 255.
int f(signed char c)
{
	return c == 0xff;
}
