// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

u32 f(u32 reg)
{
	return (reg & GENMASK(10, 4)) >> 4;
}
