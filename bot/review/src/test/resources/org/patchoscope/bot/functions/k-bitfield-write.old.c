// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// A bit-field written by mask and shift.
#include "kernel.h"

struct ctl { u32 on : 1, mode : 3, rest : 28; };
void f(struct ctl *c, u32 mode)
{
	c->mode = mode;
	c->on = 1;
}
