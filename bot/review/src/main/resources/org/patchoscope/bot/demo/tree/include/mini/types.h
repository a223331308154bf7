/* SPDX-License-Identifier: Apache-2.0 */
#ifndef MINI_TYPES_H
#define MINI_TYPES_H

typedef unsigned char		u8;
typedef unsigned short		u16;
typedef unsigned int		u32;
typedef unsigned long long	u64;
typedef int			s32;
typedef _Bool			bool;
typedef __SIZE_TYPE__		size_t;

#define true			1
#define false			0
#define NULL			((void *)0)
#define offsetof(type, field)	__builtin_offsetof(type, field)

#define ENOSYS			38

#endif
