// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct obj { int refs; };
bool f(struct obj *o)
{
	if (__atomic_fetch_sub(&o->refs, 1, __ATOMIC_SEQ_CST) != 1)
		return false;
	return true;
}
