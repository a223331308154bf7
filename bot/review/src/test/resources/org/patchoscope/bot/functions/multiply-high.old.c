// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// What compilers make of a division.
unsigned int f(unsigned int a)
{
	return a / 10;
}
