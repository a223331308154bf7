// SPDX-License-Identifier: Apache-2.0
// expect: changed
// Two answers.
void note(long value);
int ask(void);
int f(void)
{
	return ask() * 2;
}
