// SPDX-License-Identifier: Apache-2.0
struct pair {
	long a;
	long b;
	long c;
};
void use(const struct pair *p);
void f(void)
{
	use(&(const struct pair){1, 2, 4});
}
