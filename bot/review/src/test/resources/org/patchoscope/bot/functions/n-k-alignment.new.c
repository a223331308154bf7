// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

u64 f(u64 len)
{
	return len & ~4095ULL;
}
