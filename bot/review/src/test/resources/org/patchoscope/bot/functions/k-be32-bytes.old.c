// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// A big-endian word from its bytes.
#include "kernel.h"

struct hdr { u8 b[4]; };
u32 f(const struct hdr *h)
{
	return (u32)h->b[0] << 24 | h->b[1] << 16 | h->b[2] << 8 | h->b[3];
}
