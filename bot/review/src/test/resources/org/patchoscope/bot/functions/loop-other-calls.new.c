// SPDX-License-Identifier: Apache-2.0
void note(long a);
void f(long a)
{
	for (int i = 0; i < 100; i++)
		note(i + 1);
}
