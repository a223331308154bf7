// SPDX-License-Identifier: Apache-2.0
// expect: changed
// Two writes that others see, in the other order.
#include "kernel.h"

struct s { u32 a, b; };
void f(struct s *s)
{
	WRITE_ONCE(s->a, 1);
	WRITE_ONCE(s->b, 2);
}
