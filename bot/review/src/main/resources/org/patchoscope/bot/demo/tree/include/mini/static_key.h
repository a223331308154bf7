/* SPDX-License-Identifier: Apache-2.0 */
#ifndef MINI_STATIC_KEY_H
#define MINI_STATIC_KEY_H

#include <mini/compiler.h>
#include <mini/types.h>

struct static_key {
	int		enabled;
	unsigned long	entries;	/* bit 0 is the initial value */
};

#endif
