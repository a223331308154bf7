// SPDX-License-Identifier: Apache-2.0
// expect: changed
// A negative offset becomes a large one.
#include "kernel.h"

s64 f(s32 off)
{
	return (s64)off * 8;
}
