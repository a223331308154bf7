// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

union reg { u32 word; struct { u16 low, high; } half; };
u32 f(u32 x)
{
	return (u16)x + 0x80000000u;
}
