/* SPDX-License-Identifier: Apache-2.0 */
/* SYSCALL from 32-bit user space. */

#include <asm/calling.h>

	.section .entry.text, "ax"

ENTRY(ia32_cstar_target)
	swapgs
	movq	%rsp, PER_CPU_VAR(old_rsp)
	movq	PER_CPU_VAR(cpu_current_top_of_stack), %rsp
	movl	%eax, %eax
	SAVE_ARGS
	movq	PER_CPU_VAR(current_task), %rcx
	testl	$_TIF_WORK_SYSCALL_ENTRY, TI_flags(%rcx)
	jnz	cstar_tracesys
	cmpq	$__NR_max, %rax
	ja	cstar_badsys
	call	*ia32_sys_call_table(, %rax, 8)
	movq	%rax, RAX-ARGOFFSET(%rsp)
cstar_ret:
	cli
	movq	PER_CPU_VAR(current_task), %rcx
	testl	$_TIF_ALLWORK_MASK, TI_flags(%rcx)
	jnz	cstar_check
	movq	RIP-ARGOFFSET(%rsp), %rcx
	RESTORE_ARGS 0
	movq	PER_CPU_VAR(old_rsp), %rsp
	swapgs
	sysretl

cstar_badsys:
	movq	$-38, RAX-ARGOFFSET(%rsp)
	jmp	cstar_ret

cstar_check:
	FIXUP_TOP_OF_STACK %r11, -ARGOFFSET, __USER32_CS
	jmp	int_ret_from_sys_call

cstar_tracesys:
	SAVE_REST
	FIXUP_TOP_OF_STACK %rdi, 0, __USER32_CS
	movq	%rsp, %rdi
	call	syscall_trace_enter
	LOAD_ARGS REST_SKIP, 1
	RESTORE_REST
	cmpq	$__NR_max, %rax
	ja	cstar_int_badsys
	call	*ia32_sys_call_table(, %rax, 8)
	movq	%rax, RAX-ARGOFFSET(%rsp)
	jmp	int_ret_from_sys_call
cstar_int_badsys:
	movq	$-38, RAX-ARGOFFSET(%rsp)
	jmp	int_ret_from_sys_call
END(ia32_cstar_target)
