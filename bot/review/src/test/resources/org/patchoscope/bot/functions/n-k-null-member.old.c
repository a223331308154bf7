// SPDX-License-Identifier: Apache-2.0
// expect: changed
// A member that may be NULL is followed before it is tested.
#include "kernel.h"

struct file { struct inode *inode; };
struct inode { u32 mode; };
u32 f(struct file *file)
{
	struct inode *i = file->inode;

	if (!i)
		return 0;
	return i->mode & 7;
}
