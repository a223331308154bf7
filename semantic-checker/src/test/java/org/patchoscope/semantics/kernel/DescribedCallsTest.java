// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchoscope.semantics.isa.TestToolchain;
import org.patchoscope.semantics.kernel.files.CompileCommand;
import org.patchoscope.semantics.object.DebugInfo.CallPlace;
import org.patchoscope.semantics.object.DebugInfoReader;
import org.patchoscope.semantics.object.ObjectReader;
import org.patchoscope.semantics.object.UndescribedCalls;

/** What debug information says of calls through pointers, and that a second object says it where the kernel's does not. */
class DescribedCallsTest {
    private static final String TABLE = "extern long (*const table[8])(long, long);";
    private static final int RSI = 4;
    private static final int RDI = 5;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "long f(int i, long a) { return table[i](a, 1) + 1; }",
                "long f(long (*g)(long, long), long a) { return g(a, 1) + 1; }",
                "long f(long (**g)(long, long), long a) { return (*g)(a, 1) + 1; }",
                "long f(long (**g)(long, long), long a) { return (*g)(a, 1); }"
            })
    void withThunksNoCallIsDescribedAndInTheSecondObjectEveryOneIs(String code) throws Exception {
        CompileCommand kernels = command("-mretpoline-external-thunk", "-fno-jump-tables");

        assertThat(UndescribedCalls.mayBeIn(new ObjectReader().read("f.o", compile(kernels, code))))
                .isTrue();
        assertThat(sites(compile(kernels, code))).isEmpty();

        Path second = compile(kernels.described(), code);
        assertThat(UndescribedCalls.mayBeIn(new ObjectReader().read("f.o", second)))
                .isFalse();
        assertThat(sites(second).values()).containsExactly(Set.of(RDI, RSI));
    }

    @Test
    void anEntryOfATableAtAFixedPlaceIsNotDescribedWithoutThunksEither() throws Exception {
        String code = "long f(int i, long a) { return table[i](a, 1) + 1; }";

        Path kernels = compile(command(), code);
        assertThat(UndescribedCalls.mayBeIn(new ObjectReader().read("f.o", kernels)))
                .isTrue();
        assertThat(sites(kernels)).isEmpty();
        assertThat(sites(compile(command().described(), code)).values()).containsExactly(Set.of(RDI, RSI));
    }

    @Test
    void aCallInTailPositionIsKnownByThePlaceOfItsJump() throws Exception {
        Path object = compile(command(), "void f(void (*g)(long), long a) { g(a); }");

        assertThat(UndescribedCalls.mayBeIn(new ObjectReader().read("f.o", object)))
                .isFalse();
        assertThat(sites(object).keySet()).allMatch(CallPlace::tail);
        assertThat(sites(object).values()).containsExactly(Set.of(RDI));
    }

    @Test
    void assemblyIsAsItIs() {
        CompileCommand assembly = new CompileCommand("clang", List.of("-D__ASSEMBLY__"), "-c", "entry.S");

        assertThat(assembly.described()).isEqualTo(assembly);
    }

    private static CompileCommand command(String... more) {
        List<String> flags = new ArrayList<>(
                List.of("--target=x86_64-linux-gnu", "-O2", "-g", "-ffreestanding", "-mcmodel=kernel", "-fno-pic"));
        flags.addAll(List.of(more));
        return new CompileCommand("clang", flags, "-c", "f.c");
    }

    private Path compile(CompileCommand command, String code) throws Exception {
        Path source = Files.writeString(directory.resolve(command.source()), TABLE + code);
        Path object = directory.resolve("f.o");
        List<String> words = new ArrayList<>(List.of(TestToolchain.directory()
                .resolve("bin")
                .resolve(command.compiler())
                .toString()));
        words.addAll(command.flags());
        words.addAll(List.of(command.mode(), "-o", object.toString(), source.toString()));
        TestToolchain.run(directory.resolve("out"), words);
        return object;
    }

    private static Map<CallPlace, Set<Integer>> sites(Path object) throws Exception {
        return new DebugInfoReader(TestToolchain.directory().resolve("bin/llvm-dwarfdump"))
                .read(object)
                .callSites()
                .getOrDefault("f", Map.of());
    }
}
