// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

u32 f(const u32 *w)
{
	return w[3] ^ w[2] ^ w[1] ^ w[0];
}
