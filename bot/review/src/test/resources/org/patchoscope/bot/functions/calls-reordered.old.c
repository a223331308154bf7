// SPDX-License-Identifier: Apache-2.0
// expect: changed
// Others see the order.
void note(long value);
int ask(void);
void f(long a)
{
	note(a);
	note(a + 1);
}
