// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

u32 f(u64 want, u32 room)
{
	if (want > room)
		want = room;
	return want;
}
