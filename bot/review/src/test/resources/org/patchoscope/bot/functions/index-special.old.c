// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// The compiler sees it.
int f(const int *p, unsigned int i)
{
	return i == 0 ? p[0] : p[i];
}
