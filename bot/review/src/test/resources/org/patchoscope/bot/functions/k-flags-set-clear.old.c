// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// Bits set and cleared in one expression.
#include "kernel.h"

struct dev { u64 flags; };
void f(struct dev *d, bool on)
{
	d->flags &= ~BIT(3);
	if (on)
		d->flags |= BIT(3);
	d->flags |= BIT(40);
}
