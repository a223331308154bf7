/* SPDX-License-Identifier: Apache-2.0 */
/* Exceptions from 64-bit user space: save its registers, call C, restore. */

#include <asm/assembler.h>
#include <asm/ptrace.h>

	/* The vector slot: make room for pt_regs and leave for the real code. */
	.macro	kernel_ventry, el:req, ht:req, regsize:req, label:req
	.balign	128
	sub	sp, sp, #PT_REGS_SIZE
	b	el\el\ht\()_\regsize\()_\label
	.endm

	.macro	kernel_entry
	stp	x0, x1, [sp, #16 * 0]
	stp	x2, x3, [sp, #16 * 1]
	stp	x4, x5, [sp, #16 * 2]
	stp	x6, x7, [sp, #16 * 3]
	stp	x8, x9, [sp, #16 * 4]
	stp	x10, x11, [sp, #16 * 5]
	stp	x12, x13, [sp, #16 * 6]
	stp	x14, x15, [sp, #16 * 7]
	stp	x16, x17, [sp, #16 * 8]
	stp	x18, x19, [sp, #16 * 9]
	stp	x20, x21, [sp, #16 * 10]
	stp	x22, x23, [sp, #16 * 11]
	stp	x24, x25, [sp, #16 * 12]
	stp	x26, x27, [sp, #16 * 13]
	stp	x28, x29, [sp, #16 * 14]

	clear_gp_regs			// nothing of user space stays behind
	mrs	x21, sp_el0
	ldr_this_cpu tsk, __entry_task, x20
	msr	sp_el0, tsk		// from here on `current` works

	ldr	x19, [tsk, #TSK_TI_FLAGS]
	disable_step_tsk x19, x20
	alternative_insn nop, isb, ARM64_HAS_ADDRESS_AUTH

	mrs	x22, elr_el1
	mrs	x23, spsr_el1
	stp	lr, x21, [sp, #S_LR]
	stp	x22, x23, [sp, #S_PC]
	stp	xzr, xzr, [sp, #S_STACKFRAME]
	add	x29, sp, #S_STACKFRAME

	mov	w21, #NO_SYSCALL	// el0_svc() knows better if it is one
	str	w21, [sp, #S_SYSCALLNO]
	.endm

	.macro	kernel_exit
	ldp	x21, x22, [sp, #S_PC]
	ldr	x23, [sp, #S_SP]
	msr	sp_el0, x23
	msr	elr_el1, x21
	msr	spsr_el1, x22
	ldp	x0, x1, [sp, #16 * 0]
	ldp	x2, x3, [sp, #16 * 1]
	ldp	x4, x5, [sp, #16 * 2]
	ldp	x6, x7, [sp, #16 * 3]
	ldp	x8, x9, [sp, #16 * 4]
	ldp	x10, x11, [sp, #16 * 5]
	ldp	x12, x13, [sp, #16 * 6]
	ldp	x14, x15, [sp, #16 * 7]
	ldp	x16, x17, [sp, #16 * 8]
	ldp	x18, x19, [sp, #16 * 9]
	ldp	x20, x21, [sp, #16 * 10]
	ldp	x22, x23, [sp, #16 * 11]
	ldp	x24, x25, [sp, #16 * 12]
	ldp	x26, x27, [sp, #16 * 13]
	ldp	x28, x29, [sp, #16 * 14]
	ldr	lr, [sp, #S_LR]
	add	sp, sp, #PT_REGS_SIZE
	eret
	dsb	nsh			// no speculation past the eret
	isb
	.endm

	.section .entry.text, "ax"

	.balign	2048
SYM_CODE_START(vectors)
	.org	vectors + 0x400		// synchronous, from 64-bit EL0
	kernel_ventry 0, t, 64, sync
	.org	vectors + 0x800
SYM_CODE_END(vectors)

SYM_CODE_START(el0t_64_sync)
	kernel_entry
	mov	x0, sp
	bl	el0t_64_sync_handler
	b	ret_to_user
SYM_CODE_END(el0t_64_sync)

SYM_CODE_START(ret_to_user)
	ldr	x19, [tsk, #TSK_TI_FLAGS]
	enable_step_tsk x19, x2
	kernel_exit
SYM_CODE_END(ret_to_user)
