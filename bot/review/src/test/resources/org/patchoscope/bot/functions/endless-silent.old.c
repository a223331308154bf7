// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// Not seen within the bound, which is said.
void f(long a)
{
	if (a == 3)
		for (;;)
			;
}
