// SPDX-License-Identifier: Apache-2.0
// expect: changed
// The answer is the other one.
#include "kernel.h"

struct d { u32 state; };
bool f(const struct d *d)
{
	return d->state == 2 || d->state == 3;
}
