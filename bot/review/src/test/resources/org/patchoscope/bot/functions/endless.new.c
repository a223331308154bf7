// SPDX-License-Identifier: Apache-2.0
void note(long a);
void f(long a)
{
	if (a == 3)
		note(a);
}
