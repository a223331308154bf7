// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// Of a whole word the sign is what the function makes of it.
#include "kernel.h"

u32 f(int a)
{
	return a * 3;
}
