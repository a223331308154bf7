// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct cnt { u32 rx, drop; };
int f(struct cnt *c, u32 len)
{
	if (len > 1500)
		return -EINVAL;
	c->rx++;
	return 0;
}
