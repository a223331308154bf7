// SPDX-License-Identifier: Apache-2.0
// expect: changed
// Another text.
void say(const char *text);
void f(void)
{
	say("yes");
}
