/* SPDX-License-Identifier: Apache-2.0 */
/* What entry code calls and the miniature does not contain. To Patchoscope each
 * call of one of these is an event that the rest of the world can see. */
#ifndef MINI_HOOKS_H
#define MINI_HOOKS_H

#include <mini/types.h>

struct pt_regs;

/* Audit opens a record at entry. Exit closes it, and must run for every record
 * that is open, even if auditing of the task was switched off in between. */
void audit_syscall_entry(long nr, unsigned long a0, unsigned long a1,
			 unsigned long a2, unsigned long a3);
void audit_syscall_exit(struct pt_regs *regs);

/* A stop for the tracer. The tracer may change the registers and the thread's
 * flags. Entry returns non-zero when the call is to be skipped. */
int ptrace_report_syscall_entry(struct pt_regs *regs);
void ptrace_report_syscall_exit(struct pt_regs *regs, int step);

/* Seccomp: non-zero when the filter has refused the call. */
int __secure_computing(void);

/* Bodies of the tracepoints; see <mini/trace.h> for the static keys. */
void __trace_sys_enter(struct pt_regs *regs, long nr);
void __trace_sys_exit(struct pt_regs *regs, long ret);

/* Context tracking, and the work done before going back to user space. */
void ct_user_exit(void);
void ct_user_enter(void);
void schedule(void);
void do_signal(struct pt_regs *regs);
void resume_user_mode_work(struct pt_regs *regs);

#endif
