// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// A division that rounds up.
#include "kernel.h"

u32 f(u32 n)
{
	return n / 8 + (n % 8 ? 1 : 0);
}
