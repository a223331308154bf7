/* SPDX-License-Identifier: Apache-2.0 */
/* Offsets for assembly; entry-common.c checks them against the structures. */
#ifndef ASM_OFFSETS_H
#define ASM_OFFSETS_H

#define TSK_TI_FLAGS	0

#define S_LR		240
#define S_SP		248
#define S_PC		256
#define S_SYSCALLNO	280
#define S_STACKFRAME	288
#define PT_REGS_SIZE	304

#endif
