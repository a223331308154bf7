// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// A truth value returned as int before.
#include "kernel.h"

struct d { u32 state; };
int f(const struct d *d)
{
	if (d->state == 2)
		return 1;
	return d->state == 3;
}
