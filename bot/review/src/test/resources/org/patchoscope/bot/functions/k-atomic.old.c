// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// An atomic count in either spelling.
#include "kernel.h"

struct obj { int refs; };
bool f(struct obj *o)
{
	return __atomic_sub_fetch(&o->refs, 1, __ATOMIC_SEQ_CST) == 0;
}
