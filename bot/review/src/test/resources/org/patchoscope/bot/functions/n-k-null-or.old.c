// SPDX-License-Identifier: Apache-2.0
// expect: changed
// The test of the member comes first.
#include "kernel.h"

struct sock { u32 flags, bound; };
bool f(struct sock *sk)
{
	return !sk || sk->flags == 0;
}
