/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ASM_PTRACE_H
#define ASM_PTRACE_H

#define NO_SYSCALL	(-1)

#ifndef __ASSEMBLER__
#include <mini/types.h>

/* The registers of user space, as kernel_entry lays them out on the stack. */
struct pt_regs {
	u64	regs[31];
	u64	sp;
	u64	pc;
	u64	pstate;
	u64	orig_x0;		/* x0 before the result replaces it */
	s32	syscallno;
	u32	unused;
	u64	stackframe[2];		/* ends the kernel's chain of frames */
};
#endif

#endif
