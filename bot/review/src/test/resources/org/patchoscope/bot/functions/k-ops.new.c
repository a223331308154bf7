// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct ops { int (*open)(int); int (*close)(int); };
struct file { const struct ops *ops; int fd; };
int f(struct file *file)
{
	int (*open)(int) = file->ops->open;

	if (open)
		return open(file->fd);
	return -EINVAL;
}
