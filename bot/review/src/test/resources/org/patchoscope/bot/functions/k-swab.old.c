// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// Bytes turned by hand.
#include "kernel.h"

u32 f(u32 x)
{
	return swab32(x);
}
