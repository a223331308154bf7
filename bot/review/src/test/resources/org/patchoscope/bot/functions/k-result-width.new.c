// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

u16 f(u8 a, u8 b)
{
	return (u16)(b + a);
}
