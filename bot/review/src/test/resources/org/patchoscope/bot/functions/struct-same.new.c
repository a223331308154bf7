// SPDX-License-Identifier: Apache-2.0
struct point {
	int x;
	int y;
	long z;
};

void f(struct point *p, int a)
{
	long wide = a;

	p->z = wide;
	p->y = 1 + a;
	p->x = wide;
}
