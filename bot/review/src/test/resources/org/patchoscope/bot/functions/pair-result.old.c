// SPDX-License-Identifier: Apache-2.0
// expect: changed
// The second half of the result.
struct two {
	long a;
	long b;
};
struct two f(long x)
{
	return (struct two){x, 1};
}
