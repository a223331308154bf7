// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// The same publication, written with a conditional.
#include "kernel.h"

struct slot { u32 state; u64 payload; };
void f(struct slot *s, u64 v, bool urgent)
{
	s->payload = v;
	barrier();
	WRITE_ONCE(s->state, urgent ? 3 : 1);
}
