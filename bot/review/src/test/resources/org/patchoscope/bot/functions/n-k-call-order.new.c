// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

struct dev { int id; };
void disable(struct dev *d);
void release(struct dev *d);
void f(struct dev *d)
{
	release(d);
	disable(d);
}
