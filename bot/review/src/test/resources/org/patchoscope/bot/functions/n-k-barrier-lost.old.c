// SPDX-License-Identifier: Apache-2.0
// expect: changed
// What is published need not be there yet.
#include "kernel.h"

struct slot { u32 ready; u64 data; };
void f(struct slot *s, u64 v)
{
	s->data = v;
	barrier();
	WRITE_ONCE(s->ready, 1);
}
