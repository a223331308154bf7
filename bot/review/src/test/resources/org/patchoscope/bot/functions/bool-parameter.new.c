// SPDX-License-Identifier: Apache-2.0
unsigned int f(_Bool b)
{
	if (b)
		return 2;
	return 1;
}
