// SPDX-License-Identifier: Apache-2.0
// expect: changed
// The last put does not order what came before.
#include "kernel.h"

struct obj { int refs; };
bool f(struct obj *o)
{
	return __atomic_sub_fetch(&o->refs, 1, __ATOMIC_ACQ_REL) == 0;
}
