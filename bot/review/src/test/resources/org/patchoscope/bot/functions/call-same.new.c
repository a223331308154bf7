// SPDX-License-Identifier: Apache-2.0
void note(long value);
int ask(void);
int f(long a)
{
	int ret = -22;

	if (a >= 0) {
		note(a);
		ret = ask();
	}
	return ret;
}
