// SPDX-License-Identifier: Apache-2.0
// expect: changed
// No path ends within the bound, and the first call differs already.
void note(long a);
void f(long a)
{
	for (int i = 0; i < 100; i++)
		note(i);
}
