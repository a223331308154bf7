// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// The macro and what it stands for.
#include "kernel.h"

int f(int v, int lo)
{
	return clamp(v, 0, 255) + min(lo, 8);
}
