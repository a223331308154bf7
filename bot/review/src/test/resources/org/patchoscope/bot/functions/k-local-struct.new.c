// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct msg { u32 type; u16 len; u16 flags; };
int send(const struct msg *m);
int f(u32 type, u16 len)
{
	struct msg m;

	m.flags = 0;
	m.len = len;
	m.type = type;
	return send(&m);
}
