// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

u32 f(u64 reg)
{
	return (u32)(reg >> 12) & 0xfff;
}
