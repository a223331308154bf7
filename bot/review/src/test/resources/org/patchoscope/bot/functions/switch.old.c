// SPDX-License-Identifier: Apache-2.0
// expect: equivalent
// No table in between.
int f(int a)
{
	switch (a) {
	case 0: return 7;
	case 1: return 11;
	case 2: return 13;
	case 3: return 2;
	case 4: return 5;
	default: return -1;
	}
}
