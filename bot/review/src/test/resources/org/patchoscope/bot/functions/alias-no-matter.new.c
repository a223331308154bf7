// SPDX-License-Identifier: Apache-2.0
void f(int *a, int *b)
{
	int next = *b;

	next++;
	*a = next;
}
