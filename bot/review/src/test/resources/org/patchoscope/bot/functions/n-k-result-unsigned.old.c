// SPDX-License-Identifier: Apache-2.0
// expect: changed
// An error is a large number where the result has no sign.
#include "kernel.h"

int f(int a)
{
	return a > 100 ? -EINVAL : a & 63;
}
