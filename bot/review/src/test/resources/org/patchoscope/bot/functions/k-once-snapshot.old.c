// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// One read into a variable, tested in another way.
#include "kernel.h"

struct ring { u32 head, tail; };
bool f(struct ring *r, u32 size)
{
	u32 head = READ_ONCE(r->head);

	if (head - r->tail >= size)
		return true;
	return false;
}
