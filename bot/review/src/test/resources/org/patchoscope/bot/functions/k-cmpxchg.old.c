// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// An exchange that may fail.
#include "kernel.h"

int f(u32 *lock)
{
	u32 none = 0;

	if (__atomic_compare_exchange_n(lock, &none, 1, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
		return 0;
	return -EBUSY;
}
