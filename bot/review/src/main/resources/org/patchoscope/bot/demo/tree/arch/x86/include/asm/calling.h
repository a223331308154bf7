/* SPDX-License-Identifier: Apache-2.0 */
/* Macros of the entry assembly. */
#ifndef ASM_CALLING_H
#define ASM_CALLING_H

#include <asm/alternative.h>
#include <asm/segment.h>

#define SYM_CODE_START(name)	.globl name; .type name, @function; name:
#define SYM_CODE_END(name)	.size name, . - name

#define PER_CPU_VAR(var)	%gs:(var)(%rip)

/* Fields of the task state segment: entry stack, scratch space. */
#define TSS_sp0			4
#define TSS_sp2			20

/* These bits of cr3 tell user space's page table and its PCID from ours. */
#define PTI_USER_BITS		0x1800

#define ENOSYS			38

	/* On the stack lie ss, sp, flags, cs, ip and orig_ax; add the rest, and
	 * leave nothing of user space in a register. */
	.macro	PUSH_AND_CLEAR_REGS rax
	pushq	%rdi
	pushq	%rsi
	pushq	%rdx
	pushq	%rcx
	pushq	\rax
	pushq	%r8
	pushq	%r9
	pushq	%r10
	pushq	%r11
	pushq	%rbx
	pushq	%rbp
	pushq	%r12
	pushq	%r13
	pushq	%r14
	pushq	%r15
	xorl	%esi, %esi
	xorl	%edx, %edx
	xorl	%ecx, %ecx
	xorl	%r8d, %r8d
	xorl	%r9d, %r9d
	xorl	%r10d, %r10d
	xorl	%r11d, %r11d
	xorl	%ebx, %ebx
	xorl	%ebp, %ebp
	xorl	%r12d, %r12d
	xorl	%r13d, %r13d
	xorl	%r14d, %r14d
	xorl	%r15d, %r15d
	.endm

	/* All but di, which the last steps of the exit still need. */
	.macro	POP_REGS_BUT_RDI
	popq	%r15
	popq	%r14
	popq	%r13
	popq	%r12
	popq	%rbp
	popq	%rbx
	popq	%r11
	popq	%r10
	popq	%r9
	popq	%r8
	popq	%rax
	popq	%rcx
	popq	%rdx
	popq	%rsi
	.endm

	.macro	SWITCH_TO_KERNEL_CR3 scratch:req
	ALTERNATIVE "jmp .Lkernel_cr3_\@", "", X86_FEATURE_PTI
	movq	%cr3, \scratch
	andq	$~PTI_USER_BITS, \scratch
	movq	\scratch, %cr3
.Lkernel_cr3_\@:
	.endm

	.macro	SWITCH_TO_USER_CR3 scratch:req
	ALTERNATIVE "jmp .Luser_cr3_\@", "", X86_FEATURE_PTI
	movq	%cr3, \scratch
	orq	$PTI_USER_BITS, \scratch
	movq	\scratch, %cr3
.Luser_cr3_\@:
	.endm

	/* Leave nothing of the kernel in the CPU's buffers. */
	.macro	CLEAR_CPU_BUFFERS
	ALTERNATIVE "", "verw mds_verw_sel(%rip)", X86_FEATURE_CLEAR_CPU_BUF
	.endm

#endif
