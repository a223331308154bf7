// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// A truth value is 0 or 1.
unsigned int f(_Bool b)
{
	return b + 1;
}
