// SPDX-License-Identifier: Apache-2.0
int f(unsigned int i)
{
	return 1;
}
