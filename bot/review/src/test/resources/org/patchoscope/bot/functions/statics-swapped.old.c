// SPDX-License-Identifier: Apache-2.0
// expect: changed
// Variables are told apart by name.
static int hits, misses;
int *f(int hit)
{
	return hit ? &hits : &misses;
}
