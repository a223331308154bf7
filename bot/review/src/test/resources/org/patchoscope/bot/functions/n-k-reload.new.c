// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct dev { u32 mode; };
void poke(struct dev *d);
u32 f(struct dev *d)
{
	poke(d);
	return d->mode;
}
