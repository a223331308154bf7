// SPDX-License-Identifier: Apache-2.0
/* From the exception vector to the system call and back. */

#include <mini/entry-common.h>
#include <asm/alternative.h>
#include <asm/asm-offsets.h>
#include <asm/syscall.h>

_Static_assert(S_LR == offsetof(struct pt_regs, regs[30]), "S_LR");
_Static_assert(S_SP == offsetof(struct pt_regs, sp), "S_SP");
_Static_assert(S_PC == offsetof(struct pt_regs, pc), "S_PC");
_Static_assert(S_SYSCALLNO == offsetof(struct pt_regs, syscallno), "S_SYSCALLNO");
_Static_assert(S_STACKFRAME == offsetof(struct pt_regs, stackframe), "S_STACKFRAME");
_Static_assert(PT_REGS_SIZE == sizeof(struct pt_regs), "PT_REGS_SIZE");
_Static_assert(TSK_TI_FLAGS == offsetof(struct task_struct, thread_info.flags),
	       "TSK_TI_FLAGS");

#define ESR_EC_SHIFT	26
#define ESR_EC_SVC64	0x15

void bad_el0_sync(struct pt_regs *regs, unsigned long esr);
void mte_report_async_fault(void);

/* Did the kernel itself trip over a memory tag? Barriers first: the fault is
 * recorded asynchronously. */
static __always_inline void mte_check_tfsr_exit(void)
{
	unsigned long tfsr;

	if (!alternative_has_cap_unlikely(ARM64_MTE))
		return;

	asm volatile("dsb nsh\n\tisb\n\tmrs %0, s3_0_c5_c6_0"
		     : "=r" (tfsr) : : "memory");
	if (unlikely(tfsr))
		mte_report_async_fault();
}

static __always_inline void arm64_exit_to_user_mode(struct pt_regs *regs)
{
	local_irq_disable();
	exit_to_user_mode_prepare(regs);
	local_daif_mask();
	mte_check_tfsr_exit();
	ct_user_enter();
}

static noinstr void el0_svc(struct pt_regs *regs)
{
	ct_user_exit();
	local_daif_unmask();
	do_el0_svc(regs);
	arm64_exit_to_user_mode(regs);
}

static noinstr void el0_inv(struct pt_regs *regs, unsigned long esr)
{
	ct_user_exit();
	local_daif_unmask();
	bad_el0_sync(regs, esr);
	arm64_exit_to_user_mode(regs);
}

asmlinkage noinstr void el0t_64_sync_handler(struct pt_regs *regs);

asmlinkage noinstr void el0t_64_sync_handler(struct pt_regs *regs)
{
	unsigned long esr;

	asm volatile("mrs %0, esr_el1" : "=r" (esr));

	if (esr >> ESR_EC_SHIFT == ESR_EC_SVC64)
		el0_svc(regs);
	else
		el0_inv(regs, esr);
}
