// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// A member's offset, by hand and by the macro.
#include "kernel.h"

struct dev { u32 id; u32 flags; struct list_head node; };
u32 f(struct list_head *n)
{
	struct dev *d = container_of(n, struct dev, node);

	return d->flags & 0xff;
}
