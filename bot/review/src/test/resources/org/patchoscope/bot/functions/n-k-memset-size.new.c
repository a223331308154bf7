// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct st { u64 a, b, c; };
void f(struct st *s)
{
	memset(s, 0, sizeof(s));
}
