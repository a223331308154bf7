// SPDX-License-Identifier: Apache-2.0
long f(long stack, long current)
{
	return current - stack;
}
