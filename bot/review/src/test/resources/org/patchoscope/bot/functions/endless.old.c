// SPDX-License-Identifier: Apache-2.0
// expect: changed
// One of them never ends.
void note(long a);
void f(long a)
{
	if (a == 3)
		for (;;)
			note(a);
}
