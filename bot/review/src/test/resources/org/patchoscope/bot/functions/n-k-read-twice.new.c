// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct req { u32 len; };
u32 f(struct req *r)
{
	return READ_ONCE(r->len) > 64 ? 64 : READ_ONCE(r->len);
}
