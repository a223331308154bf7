// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// A value that nobody uses is not read any more, and the pointer is never doubted.
#include "kernel.h"

struct dev { u32 id, state; struct dev *next; };
u32 f(struct dev *d)
{
	u32 state = d->state;

	if (d->next)
		return d->next->id;
	return state;
}
