// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct dev { bool up, ready; u16 id; };
int f(struct dev *d)
{
	return d->up & d->ready ? d->id : -EAGAIN;
}
