// SPDX-License-Identifier: Apache-2.0
// expect: changed
// The test is gone.
#include "kernel.h"

struct sock { u32 flags; };
int f(struct sock *sk)
{
	if (!sk)
		return -EINVAL;
	return sk->flags & 1;
}
