// SPDX-License-Identifier: Apache-2.0
int f(const int *p, unsigned int i)
{
	return p[i];
}
