// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

u32 f(int a)
{
	return a > 100 ? -EINVAL : a & 63;
}
