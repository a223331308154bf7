// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

int f(u32 cmd)
{
	if (cmd == 0x40)
		return -EBUSY;
	if (cmd >= 0x20 && cmd < 0x30)
		return 2;
	if (cmd == 0x10 || cmd == 0x11)
		return 1;
	return -EINVAL;
}
