// SPDX-License-Identifier: Apache-2.0
int f(const int *p)
{
	return p ? *p : 0;
}
