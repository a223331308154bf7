// SPDX-License-Identifier: Apache-2.0
struct two {
	long a;
	long b;
};
struct two f(long x)
{
	return (struct two){x, 2};
}
