// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// The last reference frees, asked either way.
#include "kernel.h"

struct obj { u32 refs; void *data; };
int f(struct obj *o)
{
	if (--o->refs == 0) {
		kfree(o);
		return 1;
	}
	return 0;
}
