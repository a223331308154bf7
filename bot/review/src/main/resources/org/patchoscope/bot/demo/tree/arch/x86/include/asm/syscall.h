/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ASM_SYSCALL_H
#define ASM_SYSCALL_H

#include <mini/sched.h>
#include <asm/ptrace.h>

#define __NR_syscalls	4

static __always_inline long syscall_get_return_value(struct pt_regs *regs)
{
	return regs->ax;
}

static __always_inline unsigned long read_syscall_work(void)
{
	return READ_ONCE(current_thread_info()->syscall_work);
}

#endif
