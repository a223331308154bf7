// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// A goto less.
void note(long value);
int ask(void);
int f(long a)
{
	if (a < 0)
		return -22;
	note(a);
	return ask();
}
