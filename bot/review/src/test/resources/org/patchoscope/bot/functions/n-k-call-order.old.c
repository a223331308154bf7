// SPDX-License-Identifier: Apache-2.0
// expect: changed
// Disabled after it is freed.
#include "kernel.h"

struct dev { int id; };
void disable(struct dev *d);
void release(struct dev *d);
void f(struct dev *d)
{
	disable(d);
	release(d);
}
