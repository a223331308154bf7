/* SPDX-License-Identifier: Apache-2.0 */
/* Tracepoints cost one nop while nobody listens: a static key patches it into a
 * branch when the first listener arrives. */
#ifndef MINI_TRACE_H
#define MINI_TRACE_H

#include <mini/hooks.h>
#include <asm/jump_label.h>

extern struct static_key tracepoint_sys_enter;
extern struct static_key tracepoint_sys_exit;

static __always_inline void trace_sys_enter(struct pt_regs *regs, long nr)
{
	if (arch_static_branch(&tracepoint_sys_enter, false))
		__trace_sys_enter(regs, nr);
}

static __always_inline void trace_sys_exit(struct pt_regs *regs, long ret)
{
	if (arch_static_branch(&tracepoint_sys_exit, false))
		__trace_sys_exit(regs, ret);
}

#endif
