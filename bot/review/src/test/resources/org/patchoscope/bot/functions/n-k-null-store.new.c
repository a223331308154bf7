// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct sock { u32 flags; };
void f(struct sock *sk, u32 v)
{
	sk->flags = v;
	if (!sk)
		return;
}
