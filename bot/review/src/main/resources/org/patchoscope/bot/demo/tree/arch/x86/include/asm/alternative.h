/* SPDX-License-Identifier: Apache-2.0 */
/* Alternatives: code that is patched at boot for the CPU at hand. Old code that
 * is shorter than the new is padded with nops. */
#ifndef ASM_ALTERNATIVE_H
#define ASM_ALTERNATIVE_H

#define X86_FEATURE_PTI		(7 * 32 + 11)
#define X86_FEATURE_XENPV	(8 * 32 + 16)
#define X86_FEATURE_CLEAR_CPU_BUF (11 * 32 + 18)

#ifdef __ASSEMBLER__

	.macro	ALTERNATIVE old:req, new, feature:req
771:	\old
772:	.skip	-((775f - 774f) - (772b - 771b) > 0) * ((775f - 774f) - (772b - 771b)), 0x90
773:	.pushsection .altinstructions, "aM", @progbits, 14
	.long	771b - .			# where
	.long	774f - .			# replacement
	.4byte	\feature			# when the CPU has this
	.byte	773b - 771b			# old length
	.byte	775f - 774f			# new length
	.popsection
	.pushsection .altinstr_replacement, "ax"
774:	\new
775:	.popsection
	.endm

#else

#include <mini/compiler.h>
#include <mini/types.h>

/* A jump to "no" that is patched away on a CPU that has the feature. */
static __always_inline bool cpu_feature_enabled(const int feature)
{
	asm goto("771:	jmp %l[no]\n"
		 "772:	.pushsection .altinstructions, \"aM\", @progbits, 14\n"
		 ".long	771b - .\n"
		 ".long	774f - .\n"
		 ".4byte %c[feature]\n"
		 ".byte	772b - 771b\n"
		 ".byte	775f - 774f\n"
		 ".popsection\n"
		 ".pushsection .altinstr_replacement, \"ax\"\n"
		 "774:\n"
		 "775:	.popsection"
		 : : [feature] "i" (feature) : : no);
	return true;
no:
	return false;
}

#endif
#endif
