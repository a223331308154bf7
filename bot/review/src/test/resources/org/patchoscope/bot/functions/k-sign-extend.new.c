// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

s32 f(u32 raw)
{
	u32 v = raw & 0xfff;

	return v & 0x800 ? (s32)v - 4096 : (s32)v;
}
