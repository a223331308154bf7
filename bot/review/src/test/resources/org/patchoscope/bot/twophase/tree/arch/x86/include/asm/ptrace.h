/* SPDX-License-Identifier: Apache-2.0 */
/* The registers of user space as they lie on the stack of the kernel. */
#ifndef ASM_PTRACE_H
#define ASM_PTRACE_H

#define __USER32_CS	0x23
#define __USER_DS	0x2b
#define __USER_CS	0x33

#define AUDIT_ARCH_I386		3
#define AUDIT_ARCH_X86_64	62

#ifdef __ASSEMBLER__

/* The rest: saved only where somebody may want to see or change them. */
#define R15		0
#define R14		8
#define R13		16
#define R12		24
#define RBP		32
#define RBX		40
/* The arguments: always saved. */
#define R11		48
#define R10		56
#define R9		64
#define R8		72
#define RAX		80
#define RCX		88
#define RDX		96
#define RSI		104
#define RDI		112
#define ORIG_RAX	120
/* What IRET takes. */
#define RIP		128
#define CS		136
#define EFLAGS		144
#define RSP		152
#define SS		160

#define ARGOFFSET	R11
#define REST_SKIP	(6 * 8)
#define ARG_SKIP	(10 * 8)
#define FRAME_SKIP	(5 * 8)

#else

struct pt_regs {
	unsigned long r15, r14, r13, r12, bp, bx;
	unsigned long r11, r10, r9, r8, ax, cx, dx, si, di, orig_ax;
	unsigned long ip, cs, flags, sp, ss;
};

#endif
#endif
