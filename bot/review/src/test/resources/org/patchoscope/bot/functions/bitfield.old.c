// SPDX-License-Identifier: Apache-2.0
// expect: changed
// Another member of the same byte.
struct flags {
	unsigned int a : 3;
	unsigned int b : 5;
};
void f(struct flags *p, int v)
{
	p->b = v;
}
