// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

s64 f(s32 off)
{
	return (u64)(u32)off * 8;
}
