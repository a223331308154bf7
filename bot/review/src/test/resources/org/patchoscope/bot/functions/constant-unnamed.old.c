// SPDX-License-Identifier: Apache-2.0
// expect: changed
// A constant without a name.
struct pair {
	long a;
	long b;
	long c;
};
void use(const struct pair *p);
void f(void)
{
	use(&(const struct pair){1, 2, 3});
}
