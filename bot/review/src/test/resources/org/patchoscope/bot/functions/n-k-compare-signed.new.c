// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

int f(int n)
{
	if (n > 100)
		return -EINVAL;
	return n;
}
