// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct dev { u32 id, state; };
int run(u32 id);
int f(struct dev *d)
{
	return d->state >= 3 ? run(d->id) : -EAGAIN;
}
