// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

int f(int level)
{
	static const char high[] = "high %d\n";

	return printk(level >= 3 ? high : "low %d\n", level);
}
