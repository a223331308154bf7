// SPDX-License-Identifier: Apache-2.0
unsigned long f(unsigned int a)
{
	return a << 8;
}
