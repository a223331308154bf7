// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct ring { u32 head, tail; };
bool f(struct ring *r, u32 size)
{
	u32 tail = r->tail;
	u32 used = READ_ONCE(r->head) - tail;

	return !(used < size);
}
