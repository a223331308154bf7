// SPDX-License-Identifier: Apache-2.0
/* The slow path of a system call: tracers, seccomp, tracepoints, audit. */

#include <mini/trace.h>
#include <asm/syscall.h>

/* Returns the number of the call to make, or NO_SYSCALL to make none. */
int syscall_trace_enter(struct pt_regs *regs)
{
	unsigned long flags = read_thread_flags();
	int skip;

	if (flags & (_TIF_SYSCALL_EMU | _TIF_SYSCALL_TRACE)) {
		skip = ptrace_report_syscall_entry(regs);
		if (skip || (flags & _TIF_SYSCALL_EMU))
			return NO_SYSCALL;
	}

	/* After ptrace, so that the filter judges what the tracer left. */
	if (test_thread_flag(TIF_SECCOMP) && __secure_computing())
		return NO_SYSCALL;

	if (test_thread_flag(TIF_SYSCALL_TRACEPOINT))
		trace_sys_enter(regs, regs->syscallno);

	audit_syscall_entry(regs->syscallno, regs->orig_x0, regs->regs[1],
			    regs->regs[2], regs->regs[3]);

	return regs->syscallno;
}

void syscall_trace_exit(struct pt_regs *regs)
{
	unsigned long flags = read_thread_flags();

	audit_syscall_exit(regs);

	if (flags & _TIF_SYSCALL_TRACEPOINT)
		trace_sys_exit(regs, syscall_get_return_value(regs));

	if (flags & (_TIF_SYSCALL_TRACE | _TIF_SINGLESTEP))
		ptrace_report_syscall_exit(regs, !!(flags & _TIF_SINGLESTEP));
}
