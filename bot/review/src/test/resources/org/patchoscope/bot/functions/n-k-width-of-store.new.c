// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct d { u16 len, next; };
void f(struct d *d)
{
	*(u32 *)d = 0;
}
