/* SPDX-License-Identifier: Apache-2.0 */
/* Macros of the entry assembly. */
#ifndef ASM_ASSEMBLER_H
#define ASM_ASSEMBLER_H

#include <asm/alternative.h>
#include <asm/asm-offsets.h>
#include <asm/thread_info.h>

#define SYM_CODE_START(name)	.globl name; .type name, %function; name:
#define SYM_CODE_END(name)	.size name, . - name

#define MDSCR_EL1_SS		1

tsk	.req	x28			// the running task
lr	.req	x30

	/* Load a per-CPU variable; a hypervisor host keeps the offset in EL2. */
	.macro	ldr_this_cpu dst, sym, tmp
	adrp	\dst, \sym
	add	\dst, \dst, #:lo12:\sym
	alternative_insn "mrs \tmp, tpidr_el1", "mrs \tmp, tpidr_el2", \
			 ARM64_HAS_VIRT_HOST_EXTN
	ldr	\dst, [\dst, \tmp]
	.endm

	/* The kernel must not step itself ... */
	.macro	disable_step_tsk flags, tmp
	tbz	\flags, #TIF_SINGLESTEP, 9990f
	mrs	\tmp, mdscr_el1
	bic	\tmp, \tmp, #MDSCR_EL1_SS
	msr	mdscr_el1, \tmp
	isb				// before debug exceptions are unmasked
9990:
	.endm

	/* ... and user space goes on stepping. The eret synchronises. */
	.macro	enable_step_tsk flags, tmp
	tbz	\flags, #TIF_SINGLESTEP, 9990f
	mrs	\tmp, mdscr_el1
	orr	\tmp, \tmp, #MDSCR_EL1_SS
	msr	mdscr_el1, \tmp
9990:
	.endm

	.macro	clear_gp_regs
	.irp	n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29
	mov	x\n, xzr
	.endr
	.endm

#endif
