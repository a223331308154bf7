// SPDX-License-Identifier: Apache-2.0
void note(long value);
int ask(void);
int f(void)
{
	return ask() + ask();
}
