// SPDX-License-Identifier: Apache-2.0
// expect: changed
// A member of what is sent is whatever was on the stack.
#include "kernel.h"

struct msg { u32 type; u16 len; u16 flags; };
int send(const struct msg *m);
int f(u32 type, u16 len)
{
	struct msg m = { .type = type, .len = len };

	return send(&m);
}
