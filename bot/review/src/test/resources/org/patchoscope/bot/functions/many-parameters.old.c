// SPDX-License-Identifier: Apache-2.0
// expect: not-analysed
// Arguments on the stack.
long f(long a, long b, long c, long d, long e, long g, long h, long i, long j)
{
	return a + j;
}
