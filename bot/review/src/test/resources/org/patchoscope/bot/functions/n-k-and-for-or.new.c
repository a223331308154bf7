// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

bool f(u32 flags)
{
	return (flags & 0x6) == 0x6;
}
