// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct ops { int (*open)(int); int (*close)(int); };
int f(const struct ops *o, int fd)
{
	return o->close(fd);
}
