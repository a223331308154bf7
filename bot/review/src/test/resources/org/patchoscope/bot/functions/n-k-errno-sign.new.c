// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

int probe(int id);
int f(int id)
{
	int ret = probe(id);

	return ret < 0 ? -ret : 0;
}
