// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// Twelve bits with a sign.
#include "kernel.h"

s32 f(u32 raw)
{
	return (s32)(raw << 20) >> 20;
}
