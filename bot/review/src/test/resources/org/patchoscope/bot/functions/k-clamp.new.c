// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

int f(int v, int lo)
{
	int r = v;

	if (v < 0)
		r = 0;
	else if (v > 255)
		r = 255;
	return (lo >= 8 ? 8 : lo) + r;
}
