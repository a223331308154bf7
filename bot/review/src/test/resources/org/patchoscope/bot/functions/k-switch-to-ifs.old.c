// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// A switch with a range as a chain of conditions.
#include "kernel.h"

int f(u32 cmd)
{
	switch (cmd) {
	case 0x10:
	case 0x11:
		return 1;
	case 0x20 ... 0x2f:
		return 2;
	case 0x40:
		return -EBUSY;
	default:
		return -EINVAL;
	}
}
