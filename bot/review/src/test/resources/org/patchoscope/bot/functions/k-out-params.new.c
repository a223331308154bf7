// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

int f(u32 v, u32 *hi, u32 *lo)
{
	if (!v)
		return -EINVAL;
	*lo = (u16)v;
	*hi = v / 65536;
	return 0;
}
