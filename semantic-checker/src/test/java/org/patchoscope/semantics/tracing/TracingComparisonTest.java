// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.patchoscope.semantics.isa.TestToolchain;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.object.ObjectReader;

/** What keeps a function from being traced, with the kernel's macros, in each way that sites are made. */
class TracingComparisonTest {
    private static final String MACROS = """
            #if defined(PATCHABLE)
            #define notrace __attribute__((patchable_function_entry(0, 0)))
            #else
            #define notrace __attribute__((__no_instrument_function__))
            #endif
            #define inline inline __attribute__((__gnu_inline__)) __attribute__((__unused__)) notrace
            #define noinline __attribute__((__noinline__))
            #define noinstr noinline notrace __attribute__((__section__(".noinstr.text")))
            long outside(long a);
            """;

    private static final String WRAPPER = """
            static %s long do_call(long a);
            long call(long a) { return do_call(a); }
            long compat_call(long a) { return do_call(a + 1); }
            static %s long do_call(long a) { return outside(a) * outside(a + 1); }
            """;

    /** How the compiler leaves room for the tracer. */
    enum Sites {
        FENTRY("--target=x86_64-linux-gnu", "-mno-sse", "-pg", "-mfentry"),
        PATCHABLE("--target=aarch64-linux-gnu", "-DPATCHABLE", "-fpatchable-function-entry=2"),
        CALL_OPS(
                "--target=aarch64-linux-gnu",
                "-DPATCHABLE",
                "-fpatchable-function-entry=4,2",
                "-mbranch-protection=pac-ret+bti");

        private final List<String> flags;

        Sites(String... flags) {
            this.flags = List.of(flags);
        }
    }

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void everyFunctionHasItsReason(Sites sites) throws Exception {
        SortedMap<String, Traceability> table =
                TracingTable.of(state(sites, """
                        long plain(long a) { return outside(a); }
                        notrace long hidden(long a) { return outside(a); }
                        static inline noinline long hinted(long a) { return outside(a); }
                        noinstr long early(long a) { return a + 1; }
                        static long local(long a) { return a + 2; }
                        long user(long a) { return hinted(a) + local(a); }
                        """)).get("code.o");

        assertThat(table)
                .containsEntry("plain", Traceability.TRACEABLE)
                .containsEntry("user", Traceability.TRACEABLE)
                .containsEntry("hidden", Traceability.NOTRACE)
                .containsEntry("hinted", Traceability.INLINE)
                .containsEntry("early", Traceability.NOINSTR)
                .doesNotContainKey("local");
    }

    @ParameterizedTest
    @EnumSource
    void withoutTheHintAWrapperThatIsNotInlinedBecomesTraceable(Sites sites) throws Exception {
        List<TracingChange> changes = changes(
                sites,
                WRAPPER.formatted("inline noinline", "inline noinline"),
                WRAPPER.formatted("noinline", "noinline"));

        assertThat(changes)
                .containsExactly(new TracingChange("do_call", "code.o", Traceability.INLINE, Traceability.TRACEABLE));
        assertThat(changes.getFirst().becomes()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aFunctionThatIsInlinedNowStopsBeingTraceable(Sites sites) throws Exception {
        String code = "static %s long part(long a) { return outside(a) + 1; } long whole(long a) { return part(a); }";

        List<TracingChange> changes = changes(sites, code.formatted("noinline"), code.formatted(""));

        assertThat(changes)
                .containsExactly(new TracingChange("part", "code.o", Traceability.TRACEABLE, Traceability.INLINED));
        assertThat(changes.getFirst().stops()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aFunctionThatIsNewDoesNotBecomeTraceable(Sites sites) throws Exception {
        List<TracingChange> changes = changes(
                sites,
                "long moved(long a); long old(long a) { return moved(a); }",
                "long moved(long a) { return a; } long old(long a) { return outside(a); }");

        assertThat(changes)
                .containsExactly(new TracingChange("moved", "code.o", Traceability.ABSENT, Traceability.TRACEABLE));
        assertThat(changes.getFirst().becomes()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aCallOfItWhereNothingMayBeInstrumentedIsTold(Sites sites) throws Exception {
        String code = "%s long helper(long a) { return outside(a); }"
                + "noinstr long early(long a) { return helper(a) + 1; } long late(long a) { return helper(a) + 1; }";
        TracingComparison comparison = new TracingComparison(
                state(sites, code.formatted("notrace")), state(sites, code.formatted("noinline")));

        assertThat(comparison.calls(comparison.changes()))
                .extracting(c -> c.callee() + " in " + c.caller())
                .containsExactly("helper in early");
    }

    @Test
    void aFileWithoutAnySiteIsCompiledWithoutTracing() throws Exception {
        List<String> flags = List.of("--target=aarch64-linux-gnu", "-DPATCHABLE");

        assertThat(TracingTable.of(state("long f(long a) { return a; }", flags)).get("code.o"))
                .containsEntry("f", Traceability.FILE);
    }

    private List<TracingChange> changes(Sites sites, String before, String after) throws Exception {
        return new TracingComparison(state(sites, before), state(sites, after)).changes();
    }

    private TracingComparison.State state(Sites sites, String code) throws Exception {
        return state(code, sites.flags);
    }

    private TracingComparison.State state(String code, List<String> flags) throws Exception {
        Path source = Files.writeString(directory.resolve("code.c"), MACROS + code);
        Path object = directory.resolve("code.o");
        Path text = directory.resolve("code.i");
        run(flags, "-O2", "-g", "-c", source.toString(), "-o", object.toString());
        run(flags, "-E", "-P", source.toString(), "-o", text.toString());
        ObjectFile read = new ObjectReader().read("code.o", object);
        String preprocessed = Files.readString(text);
        return TracingComparison.State.of(List.of(read), name -> new Declarations(preprocessed));
    }

    private void run(List<String> flags, String... more) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(TestToolchain.directory().resolve("bin/clang").toString(), "-w", "-fno-pic"));
        command.addAll(flags);
        command.addAll(Arrays.asList(more));
        TestToolchain.run(directory.resolve("out"), command);
    }
}
