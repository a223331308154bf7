// SPDX-License-Identifier: Apache-2.0
// expect: changed
// Address and value of a register write.
#include "kernel.h"

void reg_write(u32 val, u32 reg);
void f(u32 base, u32 v)
{
	reg_write(v, base + 4);
}
