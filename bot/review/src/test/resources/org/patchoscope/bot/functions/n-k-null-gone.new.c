// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct sock { u32 flags; };
int f(struct sock *sk)
{
	return sk->flags & 1;
}
