// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

int f(u32 *lock)
{
	u32 none = 0;

	return __atomic_compare_exchange_n(lock, &none, 2, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED) ? 0 : -EBUSY;
}
