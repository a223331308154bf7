/* SPDX-License-Identifier: Apache-2.0 */
/* Alternatives: code that is patched at boot for the CPU at hand. Old and new
 * code have one length; the new code waits in a subsection of its own. */
#ifndef ASM_ALTERNATIVE_H
#define ASM_ALTERNATIVE_H

#define ARM64_HAS_ADDRESS_AUTH		9
#define ARM64_HAS_VIRT_HOST_EXTN	43
#define ARM64_MTE			58

#ifdef __ASSEMBLER__

	.macro	alternative_insn old:req, new:req, cap:req
661:	\old
662:	.pushsection .altinstructions, "a"
	.word	661b - .			// where
	.word	663f - .			// replacement
	.hword	\cap				// when the CPU has this
	.byte	662b - 661b			// old length
	.byte	664f - 663f			// new length
	.popsection
	.subsection 1
663:	\new
664:	.org	. - (664b - 663b) + (662b - 661b)
	.org	. - (662b - 661b) + (664b - 663b)
	.previous
	.endm

#else

#include <mini/compiler.h>
#include <mini/types.h>

static __always_inline bool alternative_has_cap_unlikely(const int cap)
{
	asm goto("661:	nop\n"
		 "662:	.pushsection .altinstructions, \"a\"\n"
		 ".word	661b - .\n"
		 ".word	663f - .\n"
		 ".hword %c[cap]\n"
		 ".byte	662b - 661b\n"
		 ".byte	664f - 663f\n"
		 ".popsection\n"
		 ".subsection 1\n"
		 "663:	b %l[has_cap]\n"
		 "664:	.org . - (664b - 663b) + (662b - 661b)\n"
		 ".org	. - (662b - 661b) + (664b - 663b)\n"
		 ".previous"
		 : : [cap] "i" (cap) : : has_cap);
	return false;
has_cap:
	return true;
}

#endif
#endif
