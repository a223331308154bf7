// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct dev { u32 id; u32 flags; struct list_head node; };
u32 f(struct list_head *n)
{
	return (u8)((u32 *)((char *)n - 4))[0];
}
