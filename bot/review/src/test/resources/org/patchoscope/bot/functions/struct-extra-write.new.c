// SPDX-License-Identifier: Apache-2.0
struct point {
	int x;
	int y;
	long z;
};

void f(struct point *p)
{
	p->x = 0;
	p->y = 0;
}
