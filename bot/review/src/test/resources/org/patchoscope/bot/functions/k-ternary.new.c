// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

int f(int a, int b)
{
	return (a > b) - (a < b);
}
