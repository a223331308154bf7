// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// A field taken out by shift and mask, in either order.
#include "kernel.h"

u32 f(u64 reg)
{
	return (reg & GENMASK(23, 12)) >> 12;
}
