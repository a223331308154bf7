// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct sock { u32 flags, bound; };
bool f(struct sock *sk)
{
	return sk->flags == 0 || !sk;
}
