// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// The order of plain stores is nobody's business.
struct point {
	int x;
	int y;
	long z;
};

void f(struct point *p, int a)
{
	p->x = a;
	p->y = a + 1;
	p->z = a;
}
