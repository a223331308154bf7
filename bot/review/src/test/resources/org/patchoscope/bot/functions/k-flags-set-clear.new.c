// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct dev { u64 flags; };
void f(struct dev *d, bool on)
{
	d->flags = (d->flags & ~(1UL << 3)) | (u64)on << 3 | BIT(40);
}
