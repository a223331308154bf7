// SPDX-License-Identifier: Apache-2.0
static int hits, misses;
int *f(int hit)
{
	return hit ? &misses : &hits;
}
