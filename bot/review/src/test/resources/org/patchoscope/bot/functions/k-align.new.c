// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

u64 f(u64 len)
{
	u64 pages = len >> 12;

	if (len & 4095)
		pages++;
	return pages << 12;
}
