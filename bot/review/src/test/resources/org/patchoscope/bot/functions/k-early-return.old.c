// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// A nest of conditions becomes guards.
#include "kernel.h"

struct req { u32 len, flags; int err; };
int submit(struct req *r, u32 len);
int f(struct req *r)
{
	int ret;

	if (r->len) {
		if (!(r->flags & 4)) {
			ret = submit(r, r->len);
			if (ret < 0)
				r->err = ret;
		} else {
			ret = -EBUSY;
		}
	} else {
		ret = -EINVAL;
	}
	return ret;
}
