// SPDX-License-Identifier: Apache-2.0
// expect: changed
// A store that releases becomes one that does not.
#include "kernel.h"

struct slot { u32 ready; u64 data; };
void f(struct slot *s, u64 v)
{
	s->data = v;
	__atomic_store_n(&s->ready, 1, __ATOMIC_RELEASE);
}
