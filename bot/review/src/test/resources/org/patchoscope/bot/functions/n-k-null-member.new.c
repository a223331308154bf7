// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct file { struct inode *inode; };
struct inode { u32 mode; };
u32 f(struct file *file)
{
	struct inode *i = file->inode;
	u32 mode = i->mode;

	return i ? mode & 7 : 0;
}
