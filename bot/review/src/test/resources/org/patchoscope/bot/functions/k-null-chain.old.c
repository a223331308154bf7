// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// Pointers that are tested one after the other.
#include "kernel.h"

struct inner { u32 v; };
struct outer { struct inner *in; };
u32 f(struct outer *o)
{
	if (o && o->in)
		return o->in->v;
	return 0;
}
