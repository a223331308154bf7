// SPDX-License-Identifier: Apache-2.0
// expect: changed
// What was allocated is not freed where the second step fails.
#include "kernel.h"

int attach(void *p);
int f(size_t n)
{
	void *p = kmalloc(n, 1);
	int ret;

	if (!p)
		return -ENOMEM;
	ret = attach(p);
	if (ret)
		kfree(p);
	return ret;
}
