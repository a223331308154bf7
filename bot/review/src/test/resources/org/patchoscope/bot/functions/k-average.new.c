// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

u32 f(u32 a, u32 b)
{
	return (a & b) + ((a ^ b) >> 1);
}
