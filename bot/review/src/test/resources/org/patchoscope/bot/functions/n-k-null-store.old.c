// SPDX-License-Identifier: Apache-2.0
// expect: changed
// A member is written before the pointer is tested.
#include "kernel.h"

struct sock { u32 flags; };
void f(struct sock *sk, u32 v)
{
	if (sk)
		sk->flags = v;
}
