// SPDX-License-Identifier: Apache-2.0
// expect: not-analysed
// Four bytes, of which one counts.
int f(const int *p, unsigned int i)
{
	return p[i] & 0xff;
}
