// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

u64 f(int a, int b)
{
	return (u32)(a - b);
}
