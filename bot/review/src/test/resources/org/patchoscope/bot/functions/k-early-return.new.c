// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct req { u32 len, flags; int err; };
int submit(struct req *r, u32 len);
int f(struct req *r)
{
	int ret;

	if (!r->len)
		return -EINVAL;
	if (r->flags & 4)
		return -EBUSY;
	ret = submit(r, r->len);
	if (ret >= 0)
		return ret;
	r->err = ret;
	return ret;
}
