// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

bool f(u32 flags, int n)
{
	return (flags & 0x80) || n < 4 || (flags & 1) == 0;
}
