// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

void on(void);
void off(void);
void f(u32 cmd)
{
	switch (cmd) {
	case 1:
		on();
	case 2:
		off();
		break;
	}
}
