// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct d { u32 state; };
bool f(const struct d *d)
{
	return (d->state | 1) == 3;
}
