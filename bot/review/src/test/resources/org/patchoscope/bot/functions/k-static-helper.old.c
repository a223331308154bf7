// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// A helper inlined by hand.
#include "kernel.h"

struct dev { u32 id, state; };
static int check(const struct dev *d, u32 min)
{
	if (d->state < min)
		return -EAGAIN;
	return 0;
}
int run(u32 id);
int f(struct dev *d)
{
	int ret = check(d, 3);

	if (ret)
		return ret;
	return run(d->id);
}
