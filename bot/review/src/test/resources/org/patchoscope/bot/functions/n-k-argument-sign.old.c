// SPDX-License-Identifier: Apache-2.0
// expect: changed
// The code is the same, and a negative argument is none any more.
#include "kernel.h"

int f(s8 a)
{
	return a;
}
