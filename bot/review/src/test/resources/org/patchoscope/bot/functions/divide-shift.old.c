// SPDX-License-Identifier: Apache-2.0
// expect: changed
// Rounded down.
int f(int a)
{
	return a / 8;
}
