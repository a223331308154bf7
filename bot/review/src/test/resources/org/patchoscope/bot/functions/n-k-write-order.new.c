// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct s { u32 a, b; };
void f(struct s *s)
{
	WRITE_ONCE(s->b, 2);
	WRITE_ONCE(s->a, 1);
}
