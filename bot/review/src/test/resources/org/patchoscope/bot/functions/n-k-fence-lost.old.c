// SPDX-License-Identifier: Apache-2.0
// expect: changed
// A full barrier between a store and a load.
#include "kernel.h"

struct pair { u32 mine, theirs; };
u32 f(struct pair *p)
{
	WRITE_ONCE(p->mine, 1);
	__sync_synchronize();
	return READ_ONCE(p->theirs);
}
