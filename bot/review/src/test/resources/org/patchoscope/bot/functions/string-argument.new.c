// SPDX-License-Identifier: Apache-2.0
void say(const char *text);
void f(void)
{
	say("no");
}
