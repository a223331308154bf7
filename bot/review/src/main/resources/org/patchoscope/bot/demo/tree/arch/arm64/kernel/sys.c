// SPDX-License-Identifier: Apache-2.0
/* The system call table. */

#include <asm/syscall.h>

long __arm64_sys_read(const struct pt_regs *regs);
long __arm64_sys_write(const struct pt_regs *regs);
long __arm64_sys_getpid(const struct pt_regs *regs);
long __arm64_sys_prctl(const struct pt_regs *regs);

const syscall_fn_t sys_call_table[__NR_syscalls] = {
	[0] = __arm64_sys_read,
	[1] = __arm64_sys_write,
	[2] = __arm64_sys_getpid,
	[3] = __arm64_sys_prctl,
};
