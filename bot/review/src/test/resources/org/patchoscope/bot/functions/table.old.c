// SPDX-License-Identifier: Apache-2.0
// expect: changed
// The code is the same, the table is not.
static const int days[4] = {31, 28, 31, 30};
int f(unsigned int month)
{
	return days[month & 3];
}
