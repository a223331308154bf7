/* SPDX-License-Identifier: Apache-2.0 */
/* SYSCALL from 64-bit user space, and the two ways back. */

#include <asm/calling.h>

	.section .entry.text, "ax"

/* The CPU has put the return address into rcx and the flags into r11, has
 * masked interrupts, and has not touched the stack. */
SYM_CODE_START(entry_SYSCALL_64)
	endbr64
	swapgs
	movq	%rsp, PER_CPU_VAR(cpu_tss_rw + TSS_sp2)
	SWITCH_TO_KERNEL_CR3 scratch=%rsp
	movq	PER_CPU_VAR(cpu_current_top_of_stack), %rsp

	pushq	$__USER_DS				# ss
	pushq	PER_CPU_VAR(cpu_tss_rw + TSS_sp2)	# sp
	pushq	%r11					# flags
	pushq	$__USER_CS				# cs
	pushq	%rcx					# ip
	pushq	%rax					# orig_ax
	PUSH_AND_CLEAR_REGS rax=$-ENOSYS

	movq	%rsp, %rdi
	movslq	%eax, %rsi			# the number is an int
	call	do_syscall_64			# interrupts are off again after it

	/* True: the quick way will do. Xen guests never take it. */
	ALTERNATIVE "testb %al, %al; jz swapgs_restore_regs_and_return_to_usermode", \
		"jmp swapgs_restore_regs_and_return_to_usermode", X86_FEATURE_XENPV

	POP_REGS_BUT_RDI

	/* The kernel's page table goes, and with it this stack: move what is
	 * left to the entry stack, which both page tables map. */
	movq	%rsp, %rdi
	movq	PER_CPU_VAR(cpu_tss_rw + TSS_sp0), %rsp
	pushq	5 * 8(%rdi)			# sp, five words above ...
	pushq	(%rdi)				# ... di
	SWITCH_TO_USER_CR3 scratch=%rdi
	popq	%rdi
	popq	%rsp
	swapgs
	CLEAR_CPU_BUFFERS
	sysretq
	int3
SYM_CODE_END(entry_SYSCALL_64)

SYM_CODE_START(swapgs_restore_regs_and_return_to_usermode)
	POP_REGS_BUT_RDI

	movq	%rsp, %rdi
	movq	PER_CPU_VAR(cpu_tss_rw + TSS_sp0), %rsp
	pushq	6 * 8(%rdi)			# ss
	pushq	5 * 8(%rdi)			# sp
	pushq	4 * 8(%rdi)			# flags
	pushq	3 * 8(%rdi)			# cs
	pushq	2 * 8(%rdi)			# ip
	pushq	(%rdi)				# di
	SWITCH_TO_USER_CR3 scratch=%rdi
	popq	%rdi
	swapgs
	CLEAR_CPU_BUFFERS
	iretq
SYM_CODE_END(swapgs_restore_regs_and_return_to_usermode)
