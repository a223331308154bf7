// SPDX-License-Identifier: Apache-2.0
int f(const char *p, unsigned long i)
{
	return p[i];
}
