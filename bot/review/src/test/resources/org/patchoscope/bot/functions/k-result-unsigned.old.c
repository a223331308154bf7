// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// A result that is never negative.
#include "kernel.h"

int f(u32 a)
{
	return a & 0xff;
}
