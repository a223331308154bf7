/* SPDX-License-Identifier: Apache-2.0 */
/* The last thing both architectures do before they return to user space. */
#ifndef MINI_ENTRY_COMMON_H
#define MINI_ENTRY_COMMON_H

#include <mini/hooks.h>
#include <mini/sched.h>
#include <asm/irqflags.h>

#define EXIT_TO_USER_MODE_WORK	(_TIF_SIGPENDING | _TIF_NEED_RESCHED | \
				 _TIF_NOTIFY_RESUME)

/* Called and left with interrupts off, so that no work can arrive unnoticed
 * between the last look at the flags and the return. */
static __always_inline void exit_to_user_mode_prepare(struct pt_regs *regs)
{
	unsigned long flags = read_thread_flags();

	while (unlikely(flags & EXIT_TO_USER_MODE_WORK)) {
		local_irq_enable();

		if (flags & _TIF_NEED_RESCHED)
			schedule();
		if (flags & _TIF_SIGPENDING)
			do_signal(regs);
		if (flags & _TIF_NOTIFY_RESUME)
			resume_user_mode_work(regs);

		local_irq_disable();
		flags = read_thread_flags();
	}
}

#endif
