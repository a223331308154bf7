// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct obj { int refs; };
bool f(struct obj *o)
{
	return __atomic_sub_fetch(&o->refs, 1, __ATOMIC_RELAXED) == 0;
}
