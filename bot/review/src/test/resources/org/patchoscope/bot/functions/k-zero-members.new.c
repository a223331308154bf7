// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct st { u32 a, b; u64 c; };
void f(struct st *s)
{
	*s = (struct st){ };
}
