// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// What the table holds is what the numbers in the code say.
static const int days[4] = {31, 28, 31, 30};
int f(unsigned int month)
{
	return days[month & 3];
}
