// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// A pointer that both versions test before they use it.
#include "kernel.h"

struct sock { u32 flags, bound; };
int f(struct sock *sk)
{
	if (!sk || !(sk->flags & 1))
		return -EINVAL;
	return sk->bound;
}
