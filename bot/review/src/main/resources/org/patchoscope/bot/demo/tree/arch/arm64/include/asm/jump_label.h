/* SPDX-License-Identifier: Apache-2.0 */
/* Static keys: a nop, and a table entry that says where it is, where it would
 * branch to, and which key decides. */
#ifndef ASM_JUMP_LABEL_H
#define ASM_JUMP_LABEL_H

#include <mini/static_key.h>

static __always_inline bool arch_static_branch(struct static_key *const key,
					       const bool branch)
{
	asm goto("1:	nop\n"
		 ".pushsection __jump_table, \"aw\"\n"
		 ".balign 8\n"
		 ".long	1b - .\n"			/* the nop */
		 ".long	%l[enabled] - .\n"		/* the target */
		 ".quad	%c0 - .\n"			/* key, bit 0: branch */
		 ".popsection"
		 : : "i" (&((char *)key)[branch]) : : enabled);
	return false;
enabled:
	return true;
}

#endif
