// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct sock { u32 flags, bound; };
int f(struct sock *sk)
{
	int ret = -EINVAL;

	if (sk && (sk->flags & 1))
		ret = sk->bound;
	return ret;
}
