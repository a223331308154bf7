// SPDX-License-Identifier: Apache-2.0
// expect: changed
// The upper bits of a are lost.
unsigned long f(unsigned int a)
{
	return (unsigned long)a << 8;
}
