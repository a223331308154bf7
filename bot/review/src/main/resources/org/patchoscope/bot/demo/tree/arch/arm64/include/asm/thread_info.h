/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ASM_THREAD_INFO_H
#define ASM_THREAD_INFO_H

#ifndef __ASSEMBLER__
#include <mini/types.h>

struct thread_info {
	unsigned long	flags;		/* TIF_* */
	u64		preempt_count;
	u32		cpu;
};
#endif

#define TIF_SIGPENDING		0	/* a signal waits */
#define TIF_NEED_RESCHED	1	/* another task should run */
#define TIF_NOTIFY_RESUME	3	/* call back before user space */
#define TIF_SYSCALL_TRACE	8	/* PTRACE_SYSCALL */
#define TIF_SYSCALL_AUDIT	9	/* the task is audited */
#define TIF_SYSCALL_TRACEPOINT	10	/* sys_enter/sys_exit have listeners */
#define TIF_SECCOMP		11	/* a seccomp filter is installed */
#define TIF_SYSCALL_EMU		12	/* PTRACE_SYSEMU */
#define TIF_SINGLESTEP		21	/* PTRACE_SINGLESTEP and the like */

#define _TIF_SIGPENDING		(1 << TIF_SIGPENDING)
#define _TIF_NEED_RESCHED	(1 << TIF_NEED_RESCHED)
#define _TIF_NOTIFY_RESUME	(1 << TIF_NOTIFY_RESUME)
#define _TIF_SYSCALL_TRACE	(1 << TIF_SYSCALL_TRACE)
#define _TIF_SYSCALL_AUDIT	(1 << TIF_SYSCALL_AUDIT)
#define _TIF_SYSCALL_TRACEPOINT	(1 << TIF_SYSCALL_TRACEPOINT)
#define _TIF_SECCOMP		(1 << TIF_SECCOMP)
#define _TIF_SYSCALL_EMU	(1 << TIF_SYSCALL_EMU)
#define _TIF_SINGLESTEP		(1 << TIF_SINGLESTEP)

/* Any of these sends a system call through the slow path. */
#define _TIF_SYSCALL_WORK	(_TIF_SYSCALL_TRACE | _TIF_SYSCALL_AUDIT | \
				 _TIF_SYSCALL_TRACEPOINT | _TIF_SECCOMP | \
				 _TIF_SYSCALL_EMU)

#endif
