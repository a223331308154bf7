// SPDX-License-Identifier: Apache-2.0
// expect: changed
// Rounding down for rounding up.
#include "kernel.h"

u64 f(u64 len)
{
	return (len + 4095) & ~4095ULL;
}
