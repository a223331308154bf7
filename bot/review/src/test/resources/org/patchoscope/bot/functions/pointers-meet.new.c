// SPDX-License-Identifier: Apache-2.0
int f(const int *a, const int *b)
{
	return a[0];
}
