// SPDX-License-Identifier: Apache-2.0
// expect: changed
// Texts of wide characters differ behind the first byte.
typedef unsigned int wide;
void say(const wide *text);
void f(void)
{
	say((const wide *)U"ab");
}
