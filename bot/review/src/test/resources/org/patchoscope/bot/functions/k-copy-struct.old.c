// SPDX-License-Identifier: Apache-2.0
// expect: equivalent-unless-objects-overlap
// A structure assigned, or member by member.
#include "kernel.h"

struct range { u32 from, to; };
void f(struct range *d, const struct range *s)
{
	*d = *s;
}
