// SPDX-License-Identifier: Apache-2.0
// expect: changed
// A negative error becomes true.
#include "kernel.h"

int probe(int id);
int f(int id)
{
	return probe(id);
}
