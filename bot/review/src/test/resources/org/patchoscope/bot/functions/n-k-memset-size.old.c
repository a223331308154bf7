// SPDX-License-Identifier: Apache-2.0
// expect: changed
// The size of a pointer, not of what it points to.
#include "kernel.h"

struct st { u64 a, b, c; };
void f(struct st *s)
{
	memset(s, 0, sizeof(*s));
}
