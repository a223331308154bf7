// SPDX-License-Identifier: Apache-2.0
typedef unsigned int wide;
void say(const wide *text);
void f(void)
{
	say((const wide *)U"ac");
}
