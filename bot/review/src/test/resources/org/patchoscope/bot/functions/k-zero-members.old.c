// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// Three members cleared one by one, or all at once.
#include "kernel.h"

struct st { u32 a, b; u64 c; };
void f(struct st *s)
{
	s->a = 0;
	s->b = 0;
	s->c = 0;
}
