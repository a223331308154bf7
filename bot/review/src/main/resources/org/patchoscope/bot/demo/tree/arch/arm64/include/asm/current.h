/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ASM_CURRENT_H
#define ASM_CURRENT_H

#include <mini/compiler.h>

struct task_struct;

/* In the kernel sp_el0 is free and holds the running task. Not volatile: the
 * answer stays the same for as long as this code can see. */
static __always_inline struct task_struct *get_current(void)
{
	struct task_struct *task;

	asm("mrs %0, sp_el0" : "=r" (task));
	return task;
}

#define current get_current()

#endif
