// SPDX-License-Identifier: Apache-2.0
int f(const int *p, unsigned int i)
{
	int all = p[i];

	__asm__("" : "+r"(all));
	return (unsigned char)all;
}
