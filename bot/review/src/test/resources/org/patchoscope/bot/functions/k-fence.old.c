// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// The same fence between the same accesses.
#include "kernel.h"

struct pair { u32 mine, theirs; };
bool f(struct pair *p, u32 v)
{
	WRITE_ONCE(p->mine, v);
	__sync_synchronize();
	if (READ_ONCE(p->theirs) == v)
		return true;
	return false;
}
