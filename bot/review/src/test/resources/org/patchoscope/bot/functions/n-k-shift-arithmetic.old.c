// SPDX-License-Identifier: Apache-2.0
// expect: changed
// A shift that fills with the sign.
#include "kernel.h"

u32 f(u32 x)
{
	return x >> 4;
}
