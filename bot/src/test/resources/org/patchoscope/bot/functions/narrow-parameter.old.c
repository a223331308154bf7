// SPDX-License-Identifier: Apache-2.0
// expect: not-analysed
// Who calls on x86-64 extends, by custom only.
int f(signed char c)
{
	return c == -1;
}
