// SPDX-License-Identifier: Apache-2.0
// expect: not-analysed
// A constant without a name differs.
void say(const char *text);
void f(void)
{
	say("a\0b");
}
