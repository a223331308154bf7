// SPDX-License-Identifier: Apache-2.0
// expect: changed
// Whatever is there.
int f(const int *p, unsigned int i)
{
	return p[i];
}
