// SPDX-License-Identifier: Apache-2.0
// expect: changed
// A member is read again after a call that may change it.
#include "kernel.h"

struct dev { u32 mode; };
void poke(struct dev *d);
u32 f(struct dev *d)
{
	u32 mode = d->mode;

	poke(d);
	return mode;
}
