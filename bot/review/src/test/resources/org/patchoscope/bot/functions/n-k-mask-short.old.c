// SPDX-License-Identifier: Apache-2.0
// expect: changed
// One bit of the field is lost.
#include "kernel.h"

u32 f(u32 reg)
{
	return (reg & GENMASK(11, 4)) >> 4;
}
