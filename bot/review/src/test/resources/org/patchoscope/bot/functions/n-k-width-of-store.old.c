// SPDX-License-Identifier: Apache-2.0
// expect: changed
// Four bytes are cleared for two.
#include "kernel.h"

struct d { u16 len, next; };
void f(struct d *d)
{
	d->len = 0;
}
