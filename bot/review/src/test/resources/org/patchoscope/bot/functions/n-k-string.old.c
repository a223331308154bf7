// SPDX-License-Identifier: Apache-2.0
// expect: changed
// Another message.
#include "kernel.h"

int f(int code)
{
	return printk("bad %d\n", code);
}
