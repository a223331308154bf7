// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct ctl { u32 w; };
void f(struct ctl *c, u32 mode)
{
	c->w = (c->w & ~0xeu) | (mode & 15) << 1;
}
