// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

int f(u32 cmd)
{
	switch (cmd) {
	case 1:
		return 10;
	case 2:
		return 20;
	}
	return -EINVAL;
}
