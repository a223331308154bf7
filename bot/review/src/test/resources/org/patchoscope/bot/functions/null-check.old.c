// SPDX-License-Identifier: Apache-2.0
// expect: changed
// A null pointer is read, or not.
int f(const int *p)
{
	return *p;
}
