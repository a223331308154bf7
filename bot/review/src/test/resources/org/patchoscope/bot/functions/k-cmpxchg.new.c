// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

int f(u32 *lock)
{
	u32 expected = 0;
	bool got = __atomic_compare_exchange_n(lock, &expected, 1, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED);

	return got ? 0 : -EBUSY;
}
