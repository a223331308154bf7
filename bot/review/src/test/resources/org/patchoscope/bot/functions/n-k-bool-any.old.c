// SPDX-License-Identifier: Apache-2.0
// expect: changed
// A byte is no truth value.
#include "kernel.h"

int f(u8 hit)
{
	return hit ? 2 : 1;
}
