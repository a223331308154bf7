// SPDX-License-Identifier: Apache-2.0
// expect: changed
// One member more.
struct point {
	int x;
	int y;
	long z;
};

void f(struct point *p)
{
	p->x = 0;
}
