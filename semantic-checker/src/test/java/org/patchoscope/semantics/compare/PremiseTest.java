// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.semantics.compare.verdict.RootVerdict;
import org.patchoscope.semantics.compare.verdict.Verdict;
import org.patchoscope.semantics.trace.Premise;

/** For each premise that stands alone a pair of functions for which it decides: without it they are not equivalent. */
class PremiseTest {
    private static final String FLAGS = "thread_info.flags";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void aDeclaredFrame(String arch) throws Exception {
        String before = "long f(struct pt_regs *r) { long a = r->regs[0]; note(1); return a; }";
        String after = "long f(struct pt_regs *r) { note(1); return r->regs[0]; }";

        assertThat(compare(arch, before, after, p -> p)).satisfies(v -> rests(v, new Premise.DeclaredFrame("note")));
        assertThat(compare(arch, before, after, p -> with(p, p.stableCells(), List.of(), p.silent()))
                        .verdict())
                .isInstanceOf(Verdict.Changed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void aSilentCallee(String arch) throws Exception {
        String before = "long f(long a) { note(a); return a; }";
        String after = "long f(long a) { return a; }";
        var silent = List.of(new ArchProfile.SilentRule(List.of("note"), "writes a log", "test"));

        assertThat(compare(arch, before, after, p -> with(p, p.stableCells(), p.frames(), silent)))
                .satisfies(v -> rests(v, new Premise.SilentCallee("note")));
        assertThat(compare(arch, before, after, p -> p).verdict()).isInstanceOf(Verdict.Changed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void aStableCell(String arch) throws Exception {
        String before = "long f(struct pt_regs *r) { long a = flags(); hook(r); return a; }";
        String after = "long f(struct pt_regs *r) { hook(r); return flags(); }";
        var stable = List.of(new ArchProfile.Stable(FLAGS, "nobody writes them"));

        assertThat(compare(arch, before, after, p -> with(p, stable, p.frames(), p.silent())))
                .satisfies(v -> rests(v, new Premise.StableCell(FLAGS)));
        assertThat(compare(arch, before, after, p -> p).verdict()).isInstanceOf(Verdict.Changed.class);
    }

    /** If both point to the same long, the second version returns 1. */
    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void disjointPointers(String arch) throws Exception {
        String before = "long f(long *p, long *q) { long v = *q; *p = 1; return v; }";
        String after = "long f(long *p, long *q) { *p = 1; return *q; }";

        assertThat(compare(arch, before, after, p -> p)).satisfies(v -> rests(v, new Premise.DisjointPointers()));
        assertThat(compare(
                                arch,
                                after,
                                after.replace("return", "asm volatile(\"nop\"); return")
                                        .replace("*p = 1;", ""),
                                p -> p)
                        .verdict())
                .isInstanceOf(Verdict.Changed.class);
    }

    /** The second argument's register holds something else, which a function of one argument does not read. */
    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void prototypes(String arch) throws Exception {
        String set = arch.equals("arm64")
                ? "asm volatile(\"mov x1, #7\" ::: \"x1\");"
                : "asm volatile(\"mov $7, %%rsi\" ::: \"rsi\");";
        String code = "void two(long a, long b); void f(long a) { %s %s; }";

        assertThat(compare(arch, code.formatted("", "note(a)"), code.formatted(set, "note(a)"), p -> p))
                .satisfies(v -> rests(v, new Premise.Prototypes()));
        assertThat(compare(arch, code.formatted("", "two(a, 6)"), code.formatted("", "two(a, 7)"), p -> p)
                        .verdict())
                .isInstanceOf(Verdict.Changed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void aCallThroughAPointer(String arch) throws Exception {
        String code = "void f(void (*p)(long), long a) { %s p(a); }";

        assertThat(compare(arch, code.formatted(""), code.formatted("asm volatile(\"nop\");"), p -> p))
                .satisfies(v -> rests(v, new Premise.CallThroughPointer()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void aFixedKey(String arch) throws Exception {
        String nop = arch.equals("arm64") ? "nop" : ".byte 0x0f, 0x1f, 0x44, 0, 0";
        String before = "extern char my_key[]; void f(long a) { asm goto(\"1: " + nop + "\\n"
                + " .pushsection __jump_table, \\\"aw\\\"; .balign 8; .long 1b - ., %l[on] - .; .quad my_key - .;"
                + " .popsection\" :::: on); return; on: note(a); }";
        String after = "extern char my_key[]; void f(long a) { }";
        var off = List.of(new ArchProfile.FixedKey("my_key", false, "it is for debugging", "test"));

        assertThat(compare(arch, before, after, p -> withKeys(p, off)))
                .satisfies(v -> rests(v, new Premise.FixedKey("my_key")));
        assertThat(compare(arch, before, after, p -> p).verdict()).isInstanceOf(Verdict.Changed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void whatNeedsNoneNamesNone(String arch) throws Exception {
        String code = "long f(long a) { %s return a * 3; }";

        RootVerdict v = compare(arch, code.formatted(""), code.formatted("asm volatile(\"nop\");"), p -> p);

        assertThat(v.verdict()).isInstanceOf(Verdict.Equivalent.class);
        assertThat(v.notes()).isEmpty();
    }

    private static void rests(RootVerdict v, Premise premise) {
        assertThat(v.verdict()).isInstanceOf(Verdict.Equivalent.class);
        assertThat(v.notes()).contains(premise);
    }

    private RootVerdict compare(String arch, String before, String after, UnaryOperator<ArchProfile> believed)
            throws Exception {
        return new TwoVersions(arch, directory)
                .believing(before, after, believed).roots().stream()
                        .filter(r -> r.root().equals("f"))
                        .findFirst()
                        .orElse(new RootVerdict("f", new Verdict.Equivalent(0), 0, Set.of(), Set.of()));
    }

    private static ArchProfile with(
            ArchProfile p,
            List<ArchProfile.Stable> stable,
            List<ArchProfile.FrameRule> frames,
            List<ArchProfile.SilentRule> silent) {
        return with(p, stable, frames, p.fixedKeys(), silent);
    }

    private static ArchProfile withKeys(ArchProfile p, List<ArchProfile.FixedKey> keys) {
        return with(p, p.stableCells(), p.frames(), keys, p.silent());
    }

    private static ArchProfile with(
            ArchProfile p,
            List<ArchProfile.Stable> stable,
            List<ArchProfile.FrameRule> frames,
            List<ArchProfile.FixedKey> keys,
            List<ArchProfile.SilentRule> silent) {
        return new ArchProfile(
                p.arch(),
                p.objects(),
                p.observable(),
                p.volatileCells(),
                stable,
                p.stableBits(),
                frames,
                keys,
                silent,
                p.assumptions(),
                p.registersOnStack(),
                p.flagNames(),
                p.movedBits(),
                p.interruptsOff(),
                p.paths());
    }
}
