// SPDX-License-Identifier: Apache-2.0
// expect: changed
// Parameters may be called what the simulator calls its own.
long f(long stack, long current)
{
	return stack - current;
}
