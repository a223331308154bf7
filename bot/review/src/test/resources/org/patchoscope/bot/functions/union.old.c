// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// Little-endian both.
union u {
	unsigned int word;
	unsigned char bytes[4];
};
unsigned int f(unsigned int a)
{
	union u u = {.word = a};

	return u.bytes[0];
}
