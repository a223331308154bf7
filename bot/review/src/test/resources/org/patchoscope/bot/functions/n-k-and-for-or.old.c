// SPDX-License-Identifier: Apache-2.0
// expect: changed
// Both flags for any of them.
#include "kernel.h"

bool f(u32 flags)
{
	return flags & 0x6;
}
