// SPDX-License-Identifier: Apache-2.0
// expect: changed
// Ten alone makes the difference.
int f(int n)
{
	return n > 10;
}
