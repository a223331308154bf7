// SPDX-License-Identifier: Apache-2.0
/* One system call: work before it, the call, work after it, the way back. */

#include <mini/entry-common.h>
#include <mini/trace.h>
#include <asm/alternative.h>
#include <asm/segment.h>
#include <asm/syscall.h>

#define TASK_SIZE_MAX		((1UL << 47) - 4096)
#define X86_EFLAGS_TF		(1UL << 8)
#define X86_EFLAGS_RF		(1UL << 16)

long __x64_sys_read(const struct pt_regs *regs);
long __x64_sys_write(const struct pt_regs *regs);
long __x64_sys_getpid(const struct pt_regs *regs);
long __x64_sys_prctl(const struct pt_regs *regs);
long __x64_sys_ni_syscall(const struct pt_regs *regs);

static long x64_sys_call(const struct pt_regs *regs, unsigned int nr)
{
	switch (nr) {
	case 0: return __x64_sys_read(regs);
	case 1: return __x64_sys_write(regs);
	case 2: return __x64_sys_getpid(regs);
	case 3: return __x64_sys_prctl(regs);
	default: return __x64_sys_ni_syscall(regs);
	}
}

/* Returns the number of the call to make, or -1 to make none. */
static noinline long syscall_trace_enter(struct pt_regs *regs)
{
	unsigned long work = read_syscall_work();

	if (work & (SYSCALL_WORK_SYSCALL_TRACE | SYSCALL_WORK_SYSCALL_EMU)) {
		if (ptrace_report_syscall_entry(regs) ||
		    (work & SYSCALL_WORK_SYSCALL_EMU))
			return -1;

		/* The tracer may have asked for other work. */
		work = read_syscall_work();
	}

	/* After ptrace, so that the filter judges what the tracer left. */
	if ((work & SYSCALL_WORK_SECCOMP) && __secure_computing())
		return -1;

	if (work & SYSCALL_WORK_SYSCALL_TRACEPOINT)
		trace_sys_enter(regs, regs->orig_ax);

	audit_syscall_entry(regs->orig_ax, regs->di, regs->si, regs->dx,
			    regs->r10);

	return regs->orig_ax;
}

/* An emulated call is no step of the program. */
static __always_inline bool report_single_step(unsigned long work)
{
	if (work & SYSCALL_WORK_SYSCALL_EMU)
		return false;

	return work & SYSCALL_WORK_SYSCALL_EXIT_TRAP;
}

static noinline void syscall_trace_exit(struct pt_regs *regs)
{
	unsigned long work = read_syscall_work();
	bool step = report_single_step(work);

	audit_syscall_exit(regs);

	if (work & SYSCALL_WORK_SYSCALL_TRACEPOINT)
		trace_sys_exit(regs, syscall_get_return_value(regs));

	if (step || (work & SYSCALL_WORK_SYSCALL_TRACE))
		ptrace_report_syscall_exit(regs, step);
}

/* True when SYSRET restores all there is to restore; IRET can do the rest. */
static __always_inline bool sysret_will_do(struct pt_regs *regs)
{
	if (cpu_feature_enabled(X86_FEATURE_XENPV))
		return false;

	/* It takes ip from rcx and the flags from r11 ... */
	if (unlikely(regs->cx != regs->ip || regs->r11 != regs->flags))
		return false;

	/* ... knows one code and one stack segment ... */
	if (unlikely(regs->cs != __USER_CS || regs->ss != __USER_DS))
		return false;

	/* ... faults in the kernel when rcx is no user address ... */
	if (unlikely(regs->ip >= TASK_SIZE_MAX))
		return false;

	/* ... and makes a mess of RF and TF. */
	return likely(!(regs->flags & (X86_EFLAGS_RF | X86_EFLAGS_TF)));
}

noinstr bool do_syscall_64(struct pt_regs *regs, int nr);

noinstr bool do_syscall_64(struct pt_regs *regs, int nr)
{
	long scno = nr;

	ct_user_exit();
	local_irq_enable();

	if (unlikely(read_syscall_work() & SYSCALL_WORK_ENTER))
		scno = syscall_trace_enter(regs);

	if (scno != -1)
		regs->ax = x64_sys_call(regs, scno);

	if (unlikely(read_syscall_work() & SYSCALL_WORK_EXIT))
		syscall_trace_exit(regs);

	local_irq_disable();
	exit_to_user_mode_prepare(regs);
	ct_user_enter();

	return sysret_will_do(regs);
}
