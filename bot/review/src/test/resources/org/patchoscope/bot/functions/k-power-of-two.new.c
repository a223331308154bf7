// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

bool f(u32 n)
{
	if (!n)
		return false;
	return (n & -n) == n;
}
