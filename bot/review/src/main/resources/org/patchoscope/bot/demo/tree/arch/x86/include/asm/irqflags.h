/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ASM_IRQFLAGS_H
#define ASM_IRQFLAGS_H

#include <mini/compiler.h>

static __always_inline void local_irq_enable(void)
{
	asm volatile("sti" ::: "memory");
}

static __always_inline void local_irq_disable(void)
{
	asm volatile("cli" ::: "memory");
}

#endif
