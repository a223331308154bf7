// SPDX-License-Identifier: Apache-2.0
// expect: changed
// The sign of a negative a.
struct point {
	int x;
	int y;
	long z;
};

void f(struct point *p, int a)
{
	p->x = a;
	p->z = a;
}
