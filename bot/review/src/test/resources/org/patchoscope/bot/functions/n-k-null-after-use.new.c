// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct sock { u32 flags, bound; };
int f(struct sock *sk)
{
	u32 bound = sk->bound;

	if (!sk)
		return -EINVAL;
	return bound & sk->flags;
}
