// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct hdr { u8 b[4]; };
u32 f(const struct hdr *h)
{
	return swab32(*(const u32 *)h->b);
}
