// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct inner { u32 v; };
struct outer { struct inner *in; };
u32 f(struct outer *o)
{
	struct inner *in;

	if (!o)
		return 0;
	in = o->in;
	return in ? in->v : 0;
}
