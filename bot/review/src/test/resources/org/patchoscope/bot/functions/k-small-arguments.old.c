// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// What the convention says of small arguments is not the source's to ask.
#include "kernel.h"

int f(s8 a, u16 b, bool c)
{
	return a + b + c;
}
