// SPDX-License-Identifier: Apache-2.0
// expect: changed
// One case falls to the default.
#include "kernel.h"

int f(u32 cmd)
{
	switch (cmd) {
	case 1:
		return 10;
	case 2:
	case 3:
		return 20;
	}
	return -EINVAL;
}
