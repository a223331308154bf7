/* SPDX-License-Identifier: Apache-2.0 */
/* Saving and restoring the registers of user space, part by part. */
#ifndef ASM_CALLING_H
#define ASM_CALLING_H

#include <asm/ptrace.h>
#include <asm/thread_info.h>

#define ENTRY(name)	.globl name; .type name, @function; name:
#define END(name)	.size name, . - name

#define PER_CPU_VAR(var)	%gs:(var)(%rip)

#define __NR_max	547
#define TI_flags	0

	/* Room for everything, but only the arguments are put into it. */
	.macro	SAVE_ARGS
	subq	$(ARG_SKIP + FRAME_SKIP), %rsp
	movq	%rdi, RDI-ARGOFFSET(%rsp)
	movq	%rsi, RSI-ARGOFFSET(%rsp)
	movq	%rdx, RDX-ARGOFFSET(%rsp)
	movq	%rcx, RCX-ARGOFFSET(%rsp)
	movq	%rax, RAX-ARGOFFSET(%rsp)
	movq	%r8, R8-ARGOFFSET(%rsp)
	movq	%r9, R9-ARGOFFSET(%rsp)
	movq	%r10, R10-ARGOFFSET(%rsp)
	movq	%r11, R11-ARGOFFSET(%rsp)
	movq	%rax, ORIG_RAX-ARGOFFSET(%rsp)
	movq	%rcx, RIP-ARGOFFSET(%rsp)
	.endm

	/* SYSRET takes its address from rcx, so that one may stay as it is. */
	.macro	RESTORE_ARGS rstor_rcx=1
	movq	R11-ARGOFFSET(%rsp), %r11
	movq	R10-ARGOFFSET(%rsp), %r10
	movq	R9-ARGOFFSET(%rsp), %r9
	movq	R8-ARGOFFSET(%rsp), %r8
	movq	RAX-ARGOFFSET(%rsp), %rax
	.if	\rstor_rcx
	movq	RCX-ARGOFFSET(%rsp), %rcx
	.endif
	movq	RDX-ARGOFFSET(%rsp), %rdx
	movq	RSI-ARGOFFSET(%rsp), %rsi
	movq	RDI-ARGOFFSET(%rsp), %rdi
	addq	$ARG_SKIP, %rsp
	.endm

	/* After a call has used them up. The number may be in rax already. */
	.macro	LOAD_ARGS offset, skiprax=0
	movq	R11-ARGOFFSET+\offset(%rsp), %r11
	movq	R10-ARGOFFSET+\offset(%rsp), %r10
	movq	R9-ARGOFFSET+\offset(%rsp), %r9
	movq	R8-ARGOFFSET+\offset(%rsp), %r8
	movq	RCX-ARGOFFSET+\offset(%rsp), %rcx
	movq	RDX-ARGOFFSET+\offset(%rsp), %rdx
	movq	RSI-ARGOFFSET+\offset(%rsp), %rsi
	movq	RDI-ARGOFFSET+\offset(%rsp), %rdi
	.if	\skiprax == 0
	movq	ORIG_RAX-ARGOFFSET+\offset(%rsp), %rax
	.endif
	.endm

	.macro	SAVE_REST
	subq	$REST_SKIP, %rsp
	movq	%rbx, RBX(%rsp)
	movq	%rbp, RBP(%rsp)
	movq	%r12, R12(%rsp)
	movq	%r13, R13(%rsp)
	movq	%r14, R14(%rsp)
	movq	%r15, R15(%rsp)
	.endm

	.macro	RESTORE_REST
	movq	R15(%rsp), %r15
	movq	R14(%rsp), %r14
	movq	R13(%rsp), %r13
	movq	R12(%rsp), %r12
	movq	RBP(%rsp), %rbp
	movq	RBX(%rsp), %rbx
	addq	$REST_SKIP, %rsp
	.endm

	/* SYSCALL left no frame: make the one that IRET and ptrace expect. */
	.macro	FIXUP_TOP_OF_STACK tmp, offset=0, cs=__USER_CS
	movq	PER_CPU_VAR(old_rsp), \tmp
	movq	\tmp, RSP+\offset(%rsp)
	movq	$__USER_DS, SS+\offset(%rsp)
	movq	$\cs, CS+\offset(%rsp)
	movq	$-1, RCX+\offset(%rsp)
	movq	R11+\offset(%rsp), \tmp
	movq	\tmp, EFLAGS+\offset(%rsp)
	.endm

	/* What ptrace has made of stack and flags. */
	.macro	RESTORE_TOP_OF_STACK tmp, offset=0
	movq	RSP+\offset(%rsp), \tmp
	movq	\tmp, PER_CPU_VAR(old_rsp)
	movq	EFLAGS+\offset(%rsp), \tmp
	movq	\tmp, R11+\offset(%rsp)
	.endm

#endif
