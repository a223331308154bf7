// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct slot { u32 ready; u64 data; };
void f(struct slot *s, u64 v)
{
	s->data = v;
	s->ready = 1;
}
