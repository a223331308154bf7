// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

void reg_write(u32 val, u32 reg);
void f(u32 base, u32 v)
{
	reg_write(base + 4, v);
}
