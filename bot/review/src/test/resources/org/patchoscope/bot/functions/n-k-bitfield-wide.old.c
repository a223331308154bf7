// SPDX-License-Identifier: Apache-2.0
// expect: changed
// The mask takes a bit of the neighbour.
#include "kernel.h"

struct ctl { u32 on : 1, mode : 3, rest : 28; };
void f(struct ctl *c, u32 mode)
{
	c->mode = mode;
}
