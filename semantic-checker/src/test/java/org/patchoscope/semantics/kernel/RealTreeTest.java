// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.patchoscope.semantics.kernel.config.ConfigDrift;
import org.patchoscope.semantics.kernel.config.MacroTable;
import org.patchoscope.semantics.kernel.config.Variant;
import org.patchoscope.semantics.kernel.files.CompileOutcome;
import org.patchoscope.semantics.sandbox.Sandbox;
import org.patchoscope.semantics.sandbox.SandboxProbe;
import org.patchoscope.semantics.toolchain.Toolchain;

/**
 * Builds from a real kernel tree: set PATCHOSCOPE_TREE_7_2 to a plain Linux 7.2 source directory. PATCHOSCOPE_TEST_CACHE
 * keeps what was built between runs.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealTreeTest {
    private static final String SYSCALL = "arch/arm64/kernel/syscall.o";
    private static final String PTRACE = "arch/arm64/kernel/ptrace.o";
    private static final String ENTRY = "arch/arm64/kernel/entry.o";

    private Path cache = Path.of("/");
    private SourceState base = SourceState.base(Path.of("/"), "none");
    private Optional<Toolchain> toolchain = Optional.empty();
    private Optional<KernelBuild> build = Optional.empty();
    private Optional<Prepared> arm64 = Optional.empty();

    @BeforeAll
    void prepare() throws IOException {
        String tree = System.getenv("PATCHOSCOPE_TREE_7_2");
        Assumptions.assumeTrue(tree != null, "PATCHOSCOPE_TREE_7_2 is not set");
        Sandbox sandbox = switch (SandboxProbe.probe()) {
            case SandboxProbe.Result.Works works -> works.sandbox();
            case SandboxProbe.Result.Broken broken -> Assumptions.abort(broken.why());
        };
        String kept = System.getenv("PATCHOSCOPE_TEST_CACHE");
        cache = kept == null ? Files.createTempDirectory("patchoscope-test") : Path.of(kept);
        base = SourceState.base(Path.of(tree), "linux-source-7.2.12");
        Toolchain llvm = Toolchain.unpack(cache, RealTreeTest::say);
        toolchain = Optional.of(llvm);
        KernelBuild made = new KernelBuild(llvm, sandbox, cache, 2, RealTreeTest::say);
        build = Optional.of(made);
        arm64 = Optional.of(timed("prepare arm64", () -> made.prepare(base, Arch.ARM64, Variant.base())));
        timed("warm 3 objects", () -> {
            made.warm(arm64.orElseThrow(), List.of(SYSCALL, PTRACE, ENTRY));
            return "";
        });
    }

    private static void say(String what) {
        System.out.println("[kernel] " + what);
    }

    private static <T> T timed(String what, java.util.function.Supplier<T> work) {
        long start = System.nanoTime();
        T result = work.get();
        say(what + ": " + (System.nanoTime() - start) / 1_000_000 + " ms");
        return result;
    }

    private KernelBuild kernel() {
        return build.orElseThrow();
    }

    private CompileOutcome compile(String what, SourceState state, String object) {
        return timed(what, () -> kernel().compile(arm64.orElseThrow(), state, object));
    }

    private static CompileOutcome.Compiled compiled(CompileOutcome outcome) {
        assertThat(outcome).isInstanceOf(CompileOutcome.Compiled.class);
        return (CompileOutcome.Compiled) outcome;
    }

    private byte[] stripped(Path object) throws IOException {
        Path copy = Files.createTempFile("stripped", ".o");
        try {
            String tool = toolchain.orElseThrow().tool("llvm-objcopy").toString();
            Process process = new ProcessBuilder(tool, "--strip-debug", object.toString(), copy.toString())
                    .inheritIO()
                    .start();
            assertThat(process.onExit().join().exitValue()).isZero();
            return Files.readAllBytes(copy);
        } finally {
            Files.delete(copy);
        }
    }

    private SourceState edited(String path, String from, String to) throws IOException {
        String text = Files.readString(base.baseDir().resolve(path));
        assertThat(text).contains(from);
        return with(Map.of(path, text.replace(from, to)));
    }

    private SourceState with(Map<String, String> files) {
        TreeMap<String, byte[]> replaced = new TreeMap<>();
        files.forEach((path, text) -> replaced.put(path, text.getBytes(StandardCharsets.UTF_8)));
        return new SourceState(base.baseDir(), base.baseId(), replaced, new TreeSet<>());
    }

    @Test
    void baseSettingsAreHonoured() {
        Prepared prepared = arm64.orElseThrow();
        say("not honoured: " + prepared.notHonoured());
        assertThat(prepared.notHonoured()).isEmpty();
        assertThat(prepared.config().value("CONFIG_FTRACE_SYSCALLS")).isEqualTo("y");
    }

    @Test
    void compilesTheBaseAndFindsItAgain() {
        CompileOutcome.Compiled first = compiled(compile("base syscall.o", base, SYSCALL));
        CompileOutcome.Compiled again = compiled(compile("base syscall.o again", base, SYSCALL));
        assertThat(again).isEqualTo(first);
        assertThat(first.object()).isNotEmptyFile();
        assertThat(first.sourceDeps()).contains("arch/arm64/kernel/syscall.c", "arch/arm64/include/asm/thread_info.h");
        assertThat(first.configOptionsRead()).contains("CONFIG_DEBUG_RSEQ");
        compiled(compile("base entry.o (.S)", base, ENTRY));
    }

    @Test
    void compilesReplacedFilesThroughAnOverlay() throws IOException {
        String path = "arch/arm64/kernel/syscall.c";
        SourceState changed = with(Map.of(path, Files.readString(base.baseDir().resolve(path)) + "/* same */\n"));
        CompileOutcome.Compiled before = compiled(compile("base", base, SYSCALL));
        CompileOutcome.Compiled after = compiled(compile("changed, cold", changed, SYSCALL));
        compiled(compile("changed, warm", changed, SYSCALL));
        assertThat(kernel().needsTree(arm64.orElseThrow(), changed)).isEmpty();
        assertThat(after.contentKey()).isNotEqualTo(before.contentKey());
        // DWARF 5 holds a checksum of each source file, so only the code can be the same.
        assertThat(stripped(after.object())).isEqualTo(stripped(before.object()));
        assertThat(compiled(compile("untouched object of the changed state", changed, ENTRY))
                        .contentKey())
                .isEqualTo(compiled(compile("base", base, ENTRY)).contentKey());
    }

    @Test
    void anErrorIsAValue() throws IOException {
        SourceState broken = edited("arch/arm64/kernel/syscall.c", "sys_ni_syscall(", "sys_ni_syscall( oops oops ");
        assertThat(compile("broken", broken, SYSCALL))
                .isInstanceOfSatisfying(
                        CompileOutcome.Failed.class,
                        f -> assertThat(f.firstError())
                                .contains("arch/arm64/kernel/syscall.c")
                                .contains("error:"));
        assertThat(compile("absent", base, "arch/arm64/kernel/no-such.o")).isInstanceOf(CompileOutcome.Absent.class);
    }

    @Test
    void filesOfTheHostAreNotVisible() throws IOException {
        SourceState spying = edited(
                "arch/arm64/kernel/syscall.c",
                "#include <linux/errno.h>",
                "#include <linux/errno.h>\n#include \"/etc/passwd\"");
        assertThat(compile("spying", spying, SYSCALL)).isInstanceOf(CompileOutcome.Failed.class);
    }

    @Test
    void readsMacros() {
        MacroTable table = timed(
                "macros",
                () -> kernel().macros(
                                arm64.orElseThrow(),
                                base,
                                PTRACE,
                                Pattern.compile("_?TIF_.*|_TIF_.*|SYSCALL_WORK_.*|PSR_.*|ESR_ELx_.*|E[A-Z0-9]+")));
        assertThat(table).isInstanceOfSatisfying(MacroTable.Values.class, values -> {
            say(values.values().size() + " macros, not constant: " + values.notConstant());
            assertThat(values.values()).containsEntry("ENOSYS", 38L).containsEntry("TIF_SYSCALL_TRACE", 8L);
            assertThat(values.values()).containsEntry("_TIF_SYSCALL_TRACE", 256L);
        });
        timed(
                "macros again",
                () -> kernel().macros(
                                arm64.orElseThrow(),
                                base,
                                PTRACE,
                                Pattern.compile("_?TIF_.*|_TIF_.*|SYSCALL_WORK_.*|PSR_.*|ESR_ELx_.*|E[A-Z0-9]+")));
    }

    @Test
    void aChangedOffsetReachesAssemblyWithoutATree() throws IOException {
        SourceState changed = edited(
                "arch/arm64/include/asm/thread_info.h",
                "struct thread_info {",
                "struct thread_info {\n\tlong extra[2];");
        assertThat(kernel().needsTree(arm64.orElseThrow(), changed)).isEmpty();
        CompileOutcome.Compiled before = compiled(compile("base entry.o", base, ENTRY));
        CompileOutcome.Compiled after = compiled(compile("overlaid entry.o, cold", changed, ENTRY));
        compiled(compile("overlaid entry.o, warm", changed, ENTRY));
        assertThat(stripped(after.object())).isNotEqualTo(stripped(before.object()));
        assertThat(compiled(ownTree(changed, ENTRY)).contentKey()).isEqualTo(after.contentKey());
    }

    @Test
    void statesThatChangeTheSameKconfigShareATree() throws IOException {
        String header = "arch/arm64/include/asm/thread_info.h";
        SourceState one = edited(header, "struct thread_info {", "struct thread_info {\n\tlong extra[2];");
        SourceState two = edited(header, "struct thread_info {", "struct thread_info {\n\tlong extra[3];");
        CompileOutcome.Compiled first = compiled(ownTree(one, ENTRY));
        long trees = trees();
        CompileOutcome.Compiled second = compiled(ownTree(two, ENTRY));

        assertThat(trees()).isEqualTo(trees);
        assertThat(second.contentKey())
                .isNotEqualTo(first.contentKey())
                .isEqualTo(compiled(compile("overlaid entry.o", two, ENTRY)).contentKey());
    }

    private long trees() throws IOException {
        try (var trees = Files.list(cache.resolve("trees"))) {
            return trees.count();
        }
    }

    /** The object as a tree of its own makes it, where Kbuild generates the headers: one more file makes it need that. */
    private CompileOutcome ownTree(SourceState state, String object) {
        TreeMap<String, byte[]> replaced = new TreeMap<>(state.replaced());
        String kconfig = "kernel/Kconfig.hz";
        try {
            replaced.put(
                    kconfig,
                    (Files.readString(base.baseDir().resolve(kconfig)) + "\n# same\n")
                            .getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        SourceState own = new SourceState(base.baseDir(), base.baseId(), replaced, new TreeSet<>());
        assertThat(kernel().needsTree(arm64.orElseThrow(), own)).isPresent();
        return compile("own tree " + object, own, object);
    }

    @Test
    void anInputOfGeneratedHeadersThatChangesNoneOfThemNeedsNoTree() throws IOException {
        SourceState changed = edited(
                "arch/arm64/include/asm/thread_info.h", "struct thread_info {", "/* a remark */\nstruct thread_info {");
        assertThat(kernel().needsTree(arm64.orElseThrow(), changed)).isEmpty();
        CompileOutcome.Compiled before = compiled(compile("base entry.o", base, ENTRY));
        CompileOutcome.Compiled after = compiled(compile("remark entry.o", changed, ENTRY));
        assertThat(stripped(after.object())).isEqualTo(stripped(before.object()));
    }

    @Test
    void anObjectThatTheConfigurationLeavesOutIsSaidToBe() {
        // Before GENERIC_ENTRY comes to arm64, Kbuild compiles it when it is asked to, and nothing else needs it.
        assertThat(compile("left out", base, "kernel/entry/syscall_user_dispatch.o"))
                .isInstanceOf(CompileOutcome.NotIncluded.class);
        assertThat(compile("library", base, "arch/arm64/lib/delay.o")).isInstanceOf(CompileOutcome.Compiled.class);
    }

    @Test
    void kconfigChangesAreFollowedAndReported() throws IOException {
        Assumptions.assumeTrue(System.getenv("PATCHOSCOPE_V16_16") != null, "PATCHOSCOPE_V16_16 is not set");
        SourceState after = V16.state(base, Path.of(System.getenv("PATCHOSCOPE_V16_16")));
        ConfigDrift drift = timed("drift", () -> kernel().drift(arm64.orElseThrow(), after));
        say("drift: " + drift.changes());
        assertThat(drift.changes()).containsKey("CONFIG_GENERIC_ENTRY");
        compiled(compile("v16 16 syscall.o cold", after, SYSCALL));
        compiled(compile("v16 16 syscall.o warm", after, SYSCALL));
    }

    @Test
    void compilesForX86() {
        Prepared x86 = timed("prepare x86_64", () -> kernel().prepare(base, Arch.X86_64, Variant.base()));
        say("x86_64 not honoured: " + x86.notHonoured());
        List<String> objects = List.of("arch/x86/entry/syscall_64.o", "arch/x86/entry/entry_64.o");
        timed("warm x86_64", () -> {
            kernel().warm(x86, objects);
            return "";
        });
        for (String object : objects) {
            compiled(timed("x86_64 " + object, () -> kernel().compile(x86, base, object)));
        }
        assertThat(x86.notHonoured()).isEmpty();
    }

    @Test
    void proposesTheOptionsThatTheChangedCodeReads() throws IOException {
        SourceState changed = edited(
                "arch/arm64/kernel/ptrace.c", "audit_syscall_exit(regs);", "audit_syscall_exit(regs); barrier();");
        CompileOutcome.Compiled object = compiled(compile("changed", changed, PTRACE));
        List<Variant> variants =
                timed("variants", () -> kernel().variants(arm64.orElseThrow(), changed, List.of(object)));
        say("variants: " + variants.stream().map(Variant::name).toList());
        assertThat(variants.stream().limit(4)).contains(new Variant("AUDIT=n", List.of("CONFIG_AUDIT=n")));
        assertThat(variants).contains(new Variant("DEBUG_RSEQ=y", List.of("CONFIG_DEBUG_RSEQ=y")));
    }

    @Test
    void aVariantIsPreparedFromTheBase() {
        Variant variant = new Variant("AUDIT=n", List.of("CONFIG_AUDIT=n"));
        Prepared prepared = timed("prepare AUDIT=n", () -> kernel().prepare(base, Arch.ARM64, variant));
        assertThat(prepared.notHonoured()).doesNotContain("CONFIG_AUDIT=n").containsOnly("CONFIG_AUDITSYSCALL=y");
        assertThat(prepared.config().value("CONFIG_AUDITSYSCALL")).isEqualTo("n");
        CompileOutcome.Compiled audited = compiled(compile("base", base, PTRACE));
        CompileOutcome.Compiled other = compiled(kernel().compile(prepared, base, PTRACE));
        assertThat(other.contentKey()).isNotEqualTo(audited.contentKey());
    }
}
