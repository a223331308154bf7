// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.random;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.patchoscope.semantics.isa.TestToolchain;

/**
 * Pairs of functions executed by the processor on many inputs: which of them differ in result, memory or calls. The program has no
 * library below it, so that the toolchain alone is enough to build it.
 */
final class NativeRuns {
    private static final int INPUTS = 600;

    private static final String MAIN = """
            typedef unsigned long u64;
            static u64 trace, seed;
            static u64 mix(u64 x) { x ^= x >> 33; x *= 0xff51afd7ed558ccdUL; x ^= x >> 33; x *= 0xc4ceb9fe1a85ec53UL; return x ^ x >> 33; }
            unsigned long ev(int id, unsigned long v)
            {
                trace = mix(trace * 31 + (u64)id * 7 + v);
                u64 r = mix(trace + seed);
                switch (r >> 61) { case 0: return r & 1; case 1: return r & 0xff; case 2: return -(r & 3); case 3: return r >> 32; default: return r; }
            }
            typedef unsigned long fn(unsigned long, unsigned long, unsigned char *);
            static long syscall3(long n, long a, long b, long c)
            { long r; __asm__ volatile ("syscall" : "=a"(r) : "a"(n), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory"); return r; }
            static u64 pick(u64 *s)
            {
                u64 r = *s = mix(*s + 0x9e3779b97f4a7c15UL);
                static const u64 edges[] = {0, 1, 2, 3, 7, 8, 127, 128, 255, 256, 0x7fffffff, 0x80000000, ~0UL, 1UL << 63, 15, 16};
                switch (r >> 62) { case 0: return edges[r & 15]; case 1: return r & 0xff; case 2: return 1UL << (r & 63); default: return mix(r); }
            }
            static int differs(fn *one, fn *two)
            {
                u64 s = 1;
                for (int i = 0; i < INPUTS; i++) {
                    u64 a = pick(&s), b = pick(&s), m = pick(&s), ra, rb, ta, tb;
                    union { u64 w; unsigned char c[8]; } x, y;
                    seed = pick(&s);
                    x.w = y.w = m;
                    trace = 0; ra = one(a, b, x.c); ta = trace;
                    trace = 0; rb = two(a, b, y.c); tb = trace;
                    if (ra != rb || ta != tb || x.w != y.w) return 1;
                }
                return 0;
            }
            """;

    private NativeRuns() {}

    /** The numbers of the pairs that some input tells apart. */
    static Set<Integer> differing(Path directory, List<RandomPair> pairs) throws Exception {
        StringBuilder source = new StringBuilder("#define INPUTS " + INPUTS + "\n").append(MAIN);
        StringBuilder table = new StringBuilder("static fn *const pairs[][2] = {\n");
        for (int i = 0; i < pairs.size(); i++) {
            source.append(function("old" + i, pairs.get(i).before()))
                    .append(function("new" + i, pairs.get(i).after()));
            table.append("{old").append(i).append(", new").append(i).append("},\n");
        }
        source.append(table).append("""
                };
                void start(void)
                {
                    static char out[sizeof(pairs) / sizeof(*pairs)];
                    for (unsigned i = 0; i < sizeof(out); i++)
                        out[i] = differs(pairs[i][0], pairs[i][1]) ? 'd' : '.';
                    syscall3(1, 1, (long)out, sizeof(out));
                    syscall3(60, 0, 0, 0);
                }
                __asm__(".globl _start\\n_start: xor %ebp, %ebp\\n and $-16, %rsp\\n call start\\n");
                """);
        Path tools = TestToolchain.directory().resolve("bin");
        Path object = TestToolchain.compile(
                directory,
                "x86_64-linux-gnu",
                "native.c",
                source.toString(),
                List.of("-O1", "-fno-pic", "-fno-builtin", "-mno-sse"));
        Path program = directory.resolve("native");
        TestToolchain.run(
                directory.resolve("log"),
                List.of(tools.resolve("ld.lld").toString(), "-static", object.toString(), "-o", program.toString()));
        Path output = directory.resolve("output");
        TestToolchain.run(output, List.of(program.toString()));
        String said = Files.readString(output);
        Set<Integer> numbers = new TreeSet<>();
        for (int i = 0; i < pairs.size(); i++) {
            if (said.charAt(i) == 'd') {
                numbers.add(i);
            }
        }
        return numbers;
    }

    /** A function of that name with the variables that bodies use. */
    static String function(String name, String body) {
        return "unsigned long " + name + "(unsigned long a, unsigned long b, unsigned char *p)\n{\n"
                + "unsigned long v0 = a, v1 = b, v2 = 0, v3 = 1;\n" + body + "}\n";
    }
}
