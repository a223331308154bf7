// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct pair { u32 mine, theirs; };
bool f(struct pair *p, u32 v)
{
	u32 theirs;

	WRITE_ONCE(p->mine, v);
	__sync_synchronize();
	theirs = READ_ONCE(p->theirs);
	return !(theirs ^ v);
}
