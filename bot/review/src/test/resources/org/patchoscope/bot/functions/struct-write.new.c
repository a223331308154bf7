// SPDX-License-Identifier: Apache-2.0
struct point {
	int x;
	int y;
	long z;
};

void f(struct point *p, int a)
{
	p->x = a;
	p->z = (unsigned int)a;
}
