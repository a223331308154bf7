// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

u32 f(u32 n, bool more)
{
	return n + more ? 2 : 1;
}
