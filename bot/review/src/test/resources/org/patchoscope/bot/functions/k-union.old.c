// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// One word and its halves.
#include "kernel.h"

union reg { u32 word; struct { u16 low, high; } half; };
u32 f(u32 x)
{
	union reg r = { .word = x };

	r.half.high = 0;
	return r.word | 0x80000000;
}
