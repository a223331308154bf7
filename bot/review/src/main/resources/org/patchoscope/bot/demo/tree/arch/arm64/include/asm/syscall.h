/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ASM_SYSCALL_H
#define ASM_SYSCALL_H

#include <mini/sched.h>
#include <asm/ptrace.h>

typedef long (*syscall_fn_t)(const struct pt_regs *regs);

#define __NR_syscalls	4

extern const syscall_fn_t sys_call_table[__NR_syscalls];

static __always_inline long syscall_get_return_value(struct pt_regs *regs)
{
	return regs->regs[0];
}

static __always_inline void syscall_set_return_value(struct pt_regs *regs,
						     long ret)
{
	regs->regs[0] = ret;
}

static __always_inline bool has_syscall_work(unsigned long flags)
{
	return unlikely(flags & _TIF_SYSCALL_WORK);
}

int syscall_trace_enter(struct pt_regs *regs);
void syscall_trace_exit(struct pt_regs *regs);
void do_el0_svc(struct pt_regs *regs);

#endif
