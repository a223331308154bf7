// SPDX-License-Identifier: Apache-2.0
// expect: equal-within-the-bound
// That one version never comes out is not seen within the bound.
void f(long a)
{
	if (a == 3)
		for (;;)
			;
}
