// SPDX-License-Identifier: Apache-2.0
void note(long value);
int ask(void);
void f(long a)
{
	note(a + 1);
	note(a);
}
