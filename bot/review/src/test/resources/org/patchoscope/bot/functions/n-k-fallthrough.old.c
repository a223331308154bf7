// SPDX-License-Identifier: Apache-2.0
// expect: changed
// A break is gone.
#include "kernel.h"

void on(void);
void off(void);
void f(u32 cmd)
{
	switch (cmd) {
	case 1:
		on();
		break;
	case 2:
		off();
		break;
	}
}
