/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ASM_IRQFLAGS_H
#define ASM_IRQFLAGS_H

#include <mini/compiler.h>

/* The immediate names the D, A, I and F masks; 3 is IRQ and FIQ. */
static __always_inline void local_irq_enable(void)
{
	asm volatile("msr daifclr, #3" ::: "memory");
}

static __always_inline void local_irq_disable(void)
{
	asm volatile("msr daifset, #3" ::: "memory");
}

static __always_inline void local_daif_unmask(void)
{
	asm volatile("msr daifclr, #0xf" ::: "memory");
}

static __always_inline void local_daif_mask(void)
{
	asm volatile("msr daifset, #0xf" ::: "memory");
}

#endif
