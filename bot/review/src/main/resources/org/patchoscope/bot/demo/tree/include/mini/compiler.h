/* SPDX-License-Identifier: Apache-2.0 */
#ifndef MINI_COMPILER_H
#define MINI_COMPILER_H

#define __always_inline		inline __attribute__((__always_inline__))
#define noinline		__attribute__((__noinline__))
#define notrace			__attribute__((__no_instrument_function__))
#define asmlinkage		/* called from assembly */

/* Code that must not be traced, probed or instrumented: it runs before the
 * kernel has taken over from user space, or after it has handed back. */
#define noinstr			noinline notrace \
				__attribute__((__section__(".noinstr.text")))

#define likely(x)		__builtin_expect(!!(x), 1)
#define unlikely(x)		__builtin_expect(!!(x), 0)

/* One load, exactly here: somebody else may write the variable meanwhile. */
#define READ_ONCE(x)		(*(const volatile __typeof__(x) *)&(x))

#define __stringify_1(...)	#__VA_ARGS__
#define __stringify(...)	__stringify_1(__VA_ARGS__)

#endif
