// SPDX-License-Identifier: Apache-2.0
unsigned int f(unsigned int a)
{
	return a & 255;
}
