/* SPDX-License-Identifier: Apache-2.0 */
/* What a task has, and the flags that ask for work at the edge of the kernel. */
#ifndef ASM_THREAD_INFO_H
#define ASM_THREAD_INFO_H

#define THREAD_SIZE		16384

#define _TIF_SYSCALL_TRACE	(1 << 0)
#define _TIF_SIGPENDING		(1 << 2)
#define _TIF_NEED_RESCHED	(1 << 3)
#define _TIF_SYSCALL_EMU	(1 << 6)
#define _TIF_SYSCALL_AUDIT	(1 << 7)
#define _TIF_SECCOMP		(1 << 8)

/* Looked at before a system call ... */
#define _TIF_WORK_SYSCALL_ENTRY	(_TIF_SYSCALL_TRACE | _TIF_SYSCALL_EMU | \
				 _TIF_SYSCALL_AUDIT | _TIF_SECCOMP)
/* ... and on the way out of it. */
#define _TIF_ALLWORK_MASK	(_TIF_SYSCALL_TRACE | _TIF_SIGPENDING | \
				 _TIF_NEED_RESCHED | _TIF_SYSCALL_AUDIT)

#ifndef __ASSEMBLER__

struct thread_info {
	unsigned long flags;
};

struct task_struct {
	struct thread_info thread_info;
	void *stack;
};

extern struct task_struct *__attribute__((address_space(256))) current_task;

static inline unsigned long thread_flags(void)
{
	struct task_struct *task = current_task;

	return *(volatile unsigned long *)&task->thread_info.flags;
}

#endif
#endif
