// SPDX-License-Identifier: Apache-2.0
struct flags {
	unsigned int a : 3;
	unsigned int b : 5;
};
void f(struct flags *p, int v)
{
	p->a = v;
}
