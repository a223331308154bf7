// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// Only the declared width of the result counts.
unsigned short f(unsigned short a)
{
	return (a >> 8) | (a << 8);
}
