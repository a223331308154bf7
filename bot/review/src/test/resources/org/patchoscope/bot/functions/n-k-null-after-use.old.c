// SPDX-License-Identifier: Apache-2.0
// expect: changed
// Read before it is tested.
#include "kernel.h"

struct sock { u32 flags, bound; };
int f(struct sock *sk)
{
	if (!sk)
		return -EINVAL;
	return sk->bound & sk->flags;
}
