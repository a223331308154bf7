// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

int f(u8 hit)
{
	return hit + 1;
}
