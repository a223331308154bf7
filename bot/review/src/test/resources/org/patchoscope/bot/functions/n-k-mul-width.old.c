// SPDX-License-Identifier: Apache-2.0
// expect: changed
// The product wraps before it is widened.
#include "kernel.h"

u64 f(u32 n, u32 size)
{
	return (u64)n * size;
}
