/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ASM_THREAD_INFO_H
#define ASM_THREAD_INFO_H

#include <mini/types.h>

struct thread_info {
	unsigned long	flags;		/* TIF_* */
	unsigned long	syscall_work;	/* SYSCALL_WORK_* */
	u32		cpu;
};

#define TIF_NOTIFY_RESUME	1	/* call back before user space */
#define TIF_SIGPENDING		2	/* a signal waits */
#define TIF_NEED_RESCHED	3	/* another task should run */

#define _TIF_NOTIFY_RESUME	(1 << TIF_NOTIFY_RESUME)
#define _TIF_SIGPENDING		(1 << TIF_SIGPENDING)
#define _TIF_NEED_RESCHED	(1 << TIF_NEED_RESCHED)

#define SYSCALL_WORK_SECCOMP			(1UL << 0)
#define SYSCALL_WORK_SYSCALL_TRACEPOINT		(1UL << 1)
#define SYSCALL_WORK_SYSCALL_TRACE		(1UL << 2)
#define SYSCALL_WORK_SYSCALL_EMU		(1UL << 3)
#define SYSCALL_WORK_SYSCALL_AUDIT		(1UL << 4)
#define SYSCALL_WORK_SYSCALL_EXIT_TRAP		(1UL << 6)	/* single-step */

#define SYSCALL_WORK_ENTER	(SYSCALL_WORK_SECCOMP |			\
				 SYSCALL_WORK_SYSCALL_TRACEPOINT |	\
				 SYSCALL_WORK_SYSCALL_TRACE |		\
				 SYSCALL_WORK_SYSCALL_EMU |		\
				 SYSCALL_WORK_SYSCALL_AUDIT)

#define SYSCALL_WORK_EXIT	(SYSCALL_WORK_SYSCALL_TRACEPOINT |	\
				 SYSCALL_WORK_SYSCALL_TRACE |		\
				 SYSCALL_WORK_SYSCALL_AUDIT |		\
				 SYSCALL_WORK_SYSCALL_EXIT_TRAP)

#endif
