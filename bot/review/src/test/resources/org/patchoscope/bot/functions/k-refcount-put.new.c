// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct obj { u32 refs; void *data; };
int f(struct obj *o)
{
	u32 left = o->refs - 1;

	o->refs = left;
	if (left)
		return 0;
	kfree(o);
	return 1;
}
