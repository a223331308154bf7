// SPDX-License-Identifier: Apache-2.0
/* Work before a system call and after it. */

#include <asm/ptrace.h>
#include <asm/thread_info.h>

int secure_computing(unsigned long nr);
int tracehook_report_syscall_entry(struct pt_regs *regs);
void audit_syscall_entry(unsigned int arch, unsigned long nr, unsigned long a);
void exit_work(struct pt_regs *regs, unsigned long flags);

long syscall_trace_enter(struct pt_regs *regs);
void syscall_exit_work(struct pt_regs *regs);

static unsigned int arch_of(struct pt_regs *regs)
{
	return regs->cs == __USER32_CS ? AUDIT_ARCH_I386 : AUDIT_ARCH_X86_64;
}

/* Returns the number of the call to make, or -1 to make none. */
long syscall_trace_enter(struct pt_regs *regs)
{
	unsigned long work = thread_flags() & _TIF_WORK_SYSCALL_ENTRY;

	if ((work & _TIF_SECCOMP) && secure_computing(regs->orig_ax))
		return -1;

	if ((work & (_TIF_SYSCALL_TRACE | _TIF_SYSCALL_EMU)) &&
	    tracehook_report_syscall_entry(regs))
		return -1;

	if (work & _TIF_SYSCALL_AUDIT)
		audit_syscall_entry(arch_of(regs), regs->orig_ax, regs->di);

	return regs->orig_ax;
}

void syscall_exit_work(struct pt_regs *regs)
{
	exit_work(regs, thread_flags());
}
