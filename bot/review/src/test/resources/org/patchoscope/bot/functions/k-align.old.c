// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// Rounding up to a page.
#include "kernel.h"

u64 f(u64 len)
{
	return (len + 4095) & ~4095ULL;
}
