// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct slot { u32 state; u64 payload; };
void f(struct slot *s, u64 v, bool urgent)
{
	s->payload = v;
	barrier();
	if (!urgent)
		WRITE_ONCE(s->state, 1);
	else
		WRITE_ONCE(s->state, 1 | 2);
}
