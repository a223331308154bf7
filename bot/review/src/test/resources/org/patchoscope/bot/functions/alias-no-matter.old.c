// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// Read before written.
void f(int *a, int *b)
{
	*a = *b + 1;
}
