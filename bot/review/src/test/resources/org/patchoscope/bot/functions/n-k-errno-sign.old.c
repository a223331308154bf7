// SPDX-License-Identifier: Apache-2.0
// expect: changed
// An error without its sign.
#include "kernel.h"

int probe(int id);
int f(int id)
{
	int ret = probe(id);

	return ret < 0 ? ret : 0;
}
