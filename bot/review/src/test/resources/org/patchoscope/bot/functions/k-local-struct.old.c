// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// A structure on the stack, filled one way or the other.
#include "kernel.h"

struct msg { u32 type; u16 len; u16 flags; };
int send(const struct msg *m);
int f(u32 type, u16 len)
{
	struct msg m = { .type = type, .len = len };

	return send(&m);
}
