// SPDX-License-Identifier: Apache-2.0
#include "kernel.h"

int probe(int id);
bool f(int id)
{
	return probe(id);
}
