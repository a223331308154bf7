// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// An error in a pointer, passed on.
#include "kernel.h"

void *lookup(int id);
long f(int id)
{
	void *p = lookup(id);

	if (IS_ERR(p))
		return PTR_ERR(p);
	kfree(p);
	return 0;
}
