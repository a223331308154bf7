// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

u64 f(u32 n, u32 size)
{
	return n * size;
}
