// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

u32 f(u32 len, u32 head)
{
	u16 all = len + head;

	return all;
}
