// SPDX-License-Identifier: Apache-2.0
/* One system call: work before it, the call, work after it. */

#include <asm/syscall.h>

long sys_ni_syscall(void);

/* Bound an index under speculation too, without a branch to mispredict. */
static __always_inline unsigned long array_index_nospec(unsigned long index,
							unsigned long size)
{
	unsigned long mask;

	asm volatile("cmp	%1, %2\n\t"
		     "sbc	%0, xzr, xzr\n\t"
		     "hint	#20	// csdb"
		     : "=r" (mask) : "r" (index), "r" (size) : "cc");
	return index & mask;
}

static void invoke_syscall(struct pt_regs *regs, unsigned int scno,
			   unsigned int sc_nr, const syscall_fn_t table[])
{
	long ret;

	if (likely(scno < sc_nr))
		ret = table[array_index_nospec(scno, sc_nr)](regs);
	else
		ret = sys_ni_syscall();

	syscall_set_return_value(regs, ret);
}

static void el0_svc_common(struct pt_regs *regs, int scno, int sc_nr,
			   const syscall_fn_t table[])
{
	unsigned long flags = read_thread_flags();

	regs->orig_x0 = regs->regs[0];
	regs->syscallno = scno;

	if (has_syscall_work(flags)) {
		/* A tracer that skips the call and leaves x0 alone wants
		 * -ENOSYS to come out of a syscall(-1). */
		if (scno == NO_SYSCALL)
			syscall_set_return_value(regs, -ENOSYS);
		scno = syscall_trace_enter(regs);
		if (scno == NO_SYSCALL)
			goto trace_exit;
	}

	invoke_syscall(regs, scno, sc_nr, table);

	/* Whoever was seen on the way in is seen on the way out. Everybody
	 * else is asked again: the call may have changed the flags. */
	if (!has_syscall_work(flags)) {
		flags = read_thread_flags();
		if (!has_syscall_work(flags) && !(flags & _TIF_SINGLESTEP))
			return;
	}

trace_exit:
	syscall_trace_exit(regs);
}

void do_el0_svc(struct pt_regs *regs)
{
	el0_svc_common(regs, regs->regs[8], __NR_syscalls, sys_call_table);
}
