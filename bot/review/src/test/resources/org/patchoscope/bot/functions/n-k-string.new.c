// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

static const char message[] = "bad %u\n";
int f(int code)
{
	return printk(message, code);
}
