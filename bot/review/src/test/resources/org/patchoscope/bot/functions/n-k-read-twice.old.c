// SPDX-License-Identifier: Apache-2.0
// expect: changed
// What was tested is read again for use.
#include "kernel.h"

struct req { u32 len; };
u32 f(struct req *r)
{
	u32 len = READ_ONCE(r->len);

	return len > 64 ? 64 : len;
}
