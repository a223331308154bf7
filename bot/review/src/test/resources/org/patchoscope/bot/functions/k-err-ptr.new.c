// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

void *lookup(int id);
long f(int id)
{
	void *p = lookup(id);
	long err = 0;

	if (!IS_ERR(p))
		kfree(p);
	else
		err = PTR_ERR(p);
	return err;
}
