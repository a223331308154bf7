/* SPDX-License-Identifier: Apache-2.0 */
/* The task and its thread flags. The flags are a cell that other CPUs write at
 * any time: a tracer attaches, a signal arrives, auditing is switched off. */
#ifndef MINI_SCHED_H
#define MINI_SCHED_H

#include <mini/compiler.h>
#include <mini/types.h>
#include <asm/current.h>
#include <asm/thread_info.h>

struct task_struct {
	struct thread_info	thread_info;	/* first: entry code relies on it */
	void			*stack;
	int			pid;
};

static __always_inline struct thread_info *current_thread_info(void)
{
	return &current->thread_info;
}

static __always_inline unsigned long read_thread_flags(void)
{
	return READ_ONCE(current_thread_info()->flags);
}

static __always_inline bool test_thread_flag(int flag)
{
	return read_thread_flags() & (1UL << flag);
}

#endif
