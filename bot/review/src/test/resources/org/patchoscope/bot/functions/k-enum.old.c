// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// A state machine as a switch or as comparisons.
#include "kernel.h"

enum state { IDLE, BUSY, DONE, DEAD };
enum state f(enum state s, bool ok)
{
	switch (s) {
	case IDLE:
		return BUSY;
	case BUSY:
		return ok ? DONE : DEAD;
	default:
		return s;
	}
}
