// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// A call through a table of operations, with a default.
#include "kernel.h"

struct ops { int (*open)(int); int (*close)(int); };
struct file { const struct ops *ops; int fd; };
int f(struct file *file)
{
	if (!file->ops->open)
		return -EINVAL;
	return file->ops->open(file->fd);
}
