// SPDX-License-Identifier: Apache-2.0
unsigned int f(unsigned int a)
{
	return ((unsigned long)a * 0xcccccccdUL) >> 35;
}
