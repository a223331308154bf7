/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ASM_SEGMENT_H
#define ASM_SEGMENT_H

#define __USER_DS	0x2b
#define __USER_CS	0x33

#endif
