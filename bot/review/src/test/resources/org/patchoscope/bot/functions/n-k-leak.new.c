// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

int attach(void *p);
int f(size_t n)
{
	void *p = kmalloc(n, 1);

	if (!p)
		return -ENOMEM;
	return attach(p);
}
