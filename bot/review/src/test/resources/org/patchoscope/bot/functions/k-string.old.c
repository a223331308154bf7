// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// A literal, or constant text of the file's own.
#include "kernel.h"

static const char low[] = "low %d\n";
int f(int level)
{
	if (level < 3)
		return printk(low, level);
	return printk("high %d\n", level);
}
