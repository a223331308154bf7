/* SPDX-License-Identifier: Apache-2.0 */
/* SYSCALL from 64-bit user space: a quick way through, and a slow one. */

#include <asm/calling.h>

	.section .entry.text, "ax"

ENTRY(system_call)
	swapgs
	movq	%rsp, PER_CPU_VAR(old_rsp)
	movq	PER_CPU_VAR(cpu_current_top_of_stack), %rsp
	SAVE_ARGS
	movq	PER_CPU_VAR(current_task), %rcx
	testl	$_TIF_WORK_SYSCALL_ENTRY, TI_flags(%rcx)
	jnz	tracesys
system_call_fastpath:
	cmpq	$__NR_max, %rax
	ja	badsys
	movq	%r10, %rcx
	call	*sys_call_table(, %rax, 8)
	movq	%rax, RAX-ARGOFFSET(%rsp)
ret_from_sys_call:
	cli
	movq	PER_CPU_VAR(current_task), %rcx
	testl	$_TIF_ALLWORK_MASK, TI_flags(%rcx)
	jnz	sysret_check
	movq	RIP-ARGOFFSET(%rsp), %rcx
	RESTORE_ARGS 0
	movq	PER_CPU_VAR(old_rsp), %rsp
	swapgs
	sysretq

badsys:
	movq	$-38, RAX-ARGOFFSET(%rsp)
	jmp	ret_from_sys_call

sysret_check:
	FIXUP_TOP_OF_STACK %r11, -ARGOFFSET
	jmp	int_work

	/* Somebody wants to see the call: show all registers. */
tracesys:
	SAVE_REST
	FIXUP_TOP_OF_STACK %rdi
	movq	%rsp, %rdi
	call	syscall_trace_enter
	LOAD_ARGS REST_SKIP, 1
	RESTORE_REST
	cmpq	$__NR_max, %rax
	ja	int_badsys
	movq	%r10, %rcx
	call	*sys_call_table(, %rax, 8)
	movq	%rax, RAX-ARGOFFSET(%rsp)
	jmp	int_ret_from_sys_call
int_badsys:
	movq	$-38, RAX-ARGOFFSET(%rsp)
	jmp	int_ret_from_sys_call
END(system_call)

	/* Any register may have been changed: only IRET restores them all. */
ENTRY(int_ret_from_sys_call)
	cli
	movq	PER_CPU_VAR(current_task), %rcx
	testl	$_TIF_ALLWORK_MASK, TI_flags(%rcx)
	jnz	int_work
int_restore:
	RESTORE_TOP_OF_STACK %rcx, -ARGOFFSET
	RESTORE_ARGS
	swapgs
	iretq

int_work:
	sti
	SAVE_REST
	movq	%rsp, %rdi
	call	syscall_exit_work
	RESTORE_REST
	cli
	jmp	int_restore
END(int_ret_from_sys_call)
