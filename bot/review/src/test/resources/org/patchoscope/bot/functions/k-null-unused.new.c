// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct dev { u32 id, state; struct dev *next; };
u32 f(struct dev *d)
{
	if (d->next)
		return d->next->id;
	return d->state;
}
