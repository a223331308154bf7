// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct range { u32 from, to; };
void f(struct range *d, const struct range *s)
{
	d->to = s->to;
	d->from = s->from;
}
