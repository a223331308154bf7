// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct pair { u32 mine, theirs; };
u32 f(struct pair *p)
{
	WRITE_ONCE(p->mine, 1);
	return READ_ONCE(p->theirs);
}
