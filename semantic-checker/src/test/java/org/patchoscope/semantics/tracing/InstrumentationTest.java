// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.isa.TestToolchain;
import org.patchoscope.semantics.object.DebugInfo;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.object.ObjectReader;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.program.Target;

/** Which calls leave code that must not be instrumented, with the kernel's macros. */
class InstrumentationTest {
    /** How the kernel writes down where instrumentation is allowed. */
    enum Annotations {
        /** include/linux/annotate.h of 7.2. */
        TYPED("""
                #define MARK(kind, type) asm volatile("911: nop\\n.pushsection .discard.annotate_insn,\\"M\\",@progbits,8\\n" \\
                    ".long 911b - ., " #type "\\n.popsection")
                """),
        /** include/linux/instrumentation.h of 6.1. */
        NAMED("""
                #define MARK(kind, type) asm volatile("911: nop\\n.pushsection .discard.instr_" #kind "\\n" \\
                    ".long 911b - .\\n.popsection")
                """),
        /** Without CONFIG_NOINSTR_VALIDATION. */
        NONE("#define MARK(kind, type)\n");

        private final String macro;

        Annotations(String macro) {
            this.macro = macro;
        }
    }

    private static final String MACROS = """
            #define instrumentation_begin() MARK(begin, 3)
            #define instrumentation_end() MARK(end, 4)
            #define noinline __attribute__((__noinline__))
            #define noinstr noinline __attribute__((__section__(".noinstr.text")))
            int outside(int a);
            noinline int traced(int a) { asm volatile(""); return a + 1; }
            noinstr int quiet(int a) { asm volatile(""); return a + 2; }
            """;

    private static final String WITHIN = """
            noinstr int enter(int a) {
                int r = quiet(a);
                instrumentation_begin();
                r += traced(a);
                if (r > 3) { instrumentation_begin(); r += outside(r); instrumentation_end(); }
                instrumentation_end();
                return r + quiet(r);
            }
            """;

    private static final String AFTER_THE_END = WITHIN.replace("r + quiet(r)", "traced(r) + quiet(r)");

    @TempDir
    private Path directory = Path.of(".");

    private int states;

    @ParameterizedTest
    @EnumSource(names = {"TYPED", "NAMED"})
    void aCallBehindTheEndLeaves(Annotations how) throws Exception {
        NoinstrChange.Result r = compare(how, WITHIN, AFTER_THE_END);

        assertThat(r.certain())
                .extracting(c -> c.caller() + " calls " + c.callee())
                .containsExactly("enter calls traced");
        assertThat(r.moved()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"TYPED", "NAMED"})
    void whatIsAllowedOnOneOfTheWaysIsNotTold(Annotations how) throws Exception {
        String sometimes = WITHIN.replace("int r = quiet(a);", "int r = quiet(a); if (a) instrumentation_begin();");

        assertThat(compare(how, WITHIN, sometimes.replace("r + quiet(r)", "r + traced(r)"))
                        .certain())
                .isEmpty();
    }

    @Test
    void whatIsDefinedElsewhereAndWasAllowedIsNotCertain() throws Exception {
        String moved = WITHIN.replace("r += outside(r); ", "").replace("r + quiet(r)", "outside(r) + quiet(r)");
        NoinstrChange.Result r = compare(Annotations.TYPED, WITHIN, moved);

        assertThat(r.certain()).isEmpty();
        assertThat(r.moved()).extracting(Instrumentation.Call::callee).containsExactly("outside");
    }

    @Test
    void whatWasCalledOutsideBeforeMayBe() throws Exception {
        String already = WITHIN + "noinstr int other(int a) { return outside(a) + 1; }";
        String moved = already.replace("r + quiet(r)", "outside(r) + quiet(r)");

        assertThat(compare(Annotations.TYPED, already, moved).moved()).isEmpty();
        assertThat(compare(Annotations.TYPED, WITHIN, WITHIN).certain()).isEmpty();
    }

    @Test
    void aTailCallIsACall() throws Exception {
        String tail = WITHIN + "noinstr int other(int a) { return traced(a); }";

        assertThat(compare(Annotations.TYPED, WITHIN, tail).certain())
                .extracting(Instrumentation.Call::caller)
                .containsExactly("other");
    }

    @Test
    void aFunctionThatLosesItsSectionIsCalledFromOutside() throws Exception {
        String loud = WITHIN.replace("quiet", "loud");
        String quiet = "noinstr int loud(int a) { asm volatile(\"\"); return a + 3; }";

        assertThat(compare(Annotations.TYPED, quiet + loud, quiet.replace("noinstr", "noinline") + loud)
                        .certain())
                .extracting(Instrumentation.Call::callee)
                .containsOnly("loud");
    }

    @Test
    void withoutAnnotationsACallIsToldThatNoSuchCodeMadeAndThatItMayBeAllowed() throws Exception {
        NoinstrChange.Result r = compare(Annotations.NONE, WITHIN.replace("traced", "quiet"), AFTER_THE_END);

        assertThat(r.certain()).isEmpty();
        assertThat(r.moved()).isEmpty();
        assertThat(r.unmarked())
                .extracting(c -> c.caller() + " calls " + c.callee())
                .contains("enter calls traced")
                .doesNotContain("enter calls outside");
        // Where it was made before nobody knows whether it is allowed, and it was no less wrong then.
        assertThat(compare(Annotations.NONE, WITHIN, AFTER_THE_END).unmarked()).isEmpty();
    }

    private static final String THROUGH = WITHIN.replace("int enter(int a)", "int enter(int a, int (*p)(int))");

    @ParameterizedTest
    @EnumSource(names = {"TYPED", "NAMED"})
    void aCallThroughAPointerLeaves(Annotations how) throws Exception {
        String behind = THROUGH.replace("r + quiet(r)", "p(r) + quiet(r)");

        assertThat(compare(how, THROUGH, behind).certain())
                .extracting(c -> c.caller() + " " + c.where())
                .containsExactly("enter BEHIND_POINTER");
        assertThat(compare(how, THROUGH, THROUGH.replace("r += traced(a)", "r += p(a)"))
                        .certain())
                .isEmpty();
        assertThat(compare(how, behind, THROUGH.replace("r + quiet(r)", "quiet(r) + p(r)"))
                        .certain())
                .isEmpty();
    }

    @Test
    void oneThatOnlyMovedToAnotherFunctionIsNotTold() throws Exception {
        String one = THROUGH.replace("r + quiet(r)", "p(r) + quiet(r)");
        String split = "noinstr int leave(int r, int (*p)(int)) { return p(r) + 1; }"
                + THROUGH.replace("r + quiet(r)", "leave(r, p) + quiet(r)");

        assertThat(compare(Annotations.TYPED, one, split).certain()).isEmpty();
        assertThat(compare(Annotations.NONE, THROUGH, split).unmarked())
                .extracting(Instrumentation.Call::caller)
                .containsExactly("leave");
    }

    private NoinstrChange.Result compare(Annotations how, String before, String after) throws Exception {
        ObjectFile one = compile(how, before);
        ObjectFile two = compile(how, after);
        try (Disassembler disassembler = TestToolchain.x86()) {
            return NoinstrChange.of(
                    List.of(one), analysis(disassembler, one), List.of(two), analysis(disassembler, two), o -> true);
        }
    }

    private static Instrumentation analysis(Disassembler disassembler, ObjectFile o) {
        return new Instrumentation(
                new Program(List.of(o), DebugInfo.none(), Target.of("x86_64").lifter(disassembler), new Exprs()));
    }

    private ObjectFile compile(Annotations how, String code) throws Exception {
        int n = states++;
        Path source = Files.writeString(directory.resolve("code" + n + ".c"), how.macro + MACROS + code);
        Path object = directory.resolve("code" + n + ".o");
        String clang = TestToolchain.directory().resolve("bin/clang").toString();
        TestToolchain.run(
                directory.resolve("log"),
                List.of(clang, "--target=x86_64-linux-gnu", "-O2", "-mno-sse", "-c", "" + source, "-o", "" + object));
        return new ObjectReader().read("code.o", object);
    }
}
