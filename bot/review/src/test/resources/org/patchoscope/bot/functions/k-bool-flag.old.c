// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// A truth value in memory, asked in two ways.
#include "kernel.h"

struct dev { bool up, ready; u16 id; };
int f(struct dev *d)
{
	if (d->up == false || d->ready == false)
		return -EAGAIN;
	return d->id;
}
