/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ASM_PTRACE_H
#define ASM_PTRACE_H

/* The registers of user space, in the order in which entry_64.S pushes them,
 * last one first. */
struct pt_regs {
	unsigned long r15, r14, r13, r12, bp, bx;
	unsigned long r11, r10, r9, r8, ax, cx, dx, si, di;
	unsigned long orig_ax;		/* the number of the system call */
	unsigned long ip, cs, flags, sp, ss;
};

#endif
