// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.config.Profiles;
import org.patchoscope.semantics.compare.match.Side;
import org.patchoscope.semantics.compare.verdict.RootVerdict;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.kernel.Arch;
import org.patchoscope.semantics.kernel.KernelBuild;
import org.patchoscope.semantics.kernel.Prepared;
import org.patchoscope.semantics.kernel.SourceState;
import org.patchoscope.semantics.kernel.config.Variant;
import org.patchoscope.semantics.kernel.files.CompileOutcome;
import org.patchoscope.semantics.object.DebugInfo;
import org.patchoscope.semantics.object.DebugInfoReader;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.object.ObjectReader;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.program.Target;
import org.patchoscope.semantics.sandbox.SandboxProbe;
import org.patchoscope.semantics.solver.RememberingSolver;
import org.patchoscope.semantics.solver.SlicingSolver;
import org.patchoscope.semantics.solver.Solver;
import org.patchoscope.semantics.solver.Z3Solver;
import org.patchoscope.semantics.toolchain.Toolchain;
import org.patchoscope.semantics.work.Limits;

/** The entries of a real x86-64 kernel, each from where the processor enters it to where it leaves. */
class KernelVectorsTest {
    private static final String CALLING = "arch/x86/entry/calling.h";
    private static final String ENTRY = "arch/x86/entry/entry_64.S";
    private static final String FRED = "arch/x86/entry/entry_64_fred.S";
    private static final Variant FRED_CONFIGURATION = new Variant("X86_FRED=y", List.of("CONFIG_X86_FRED=y"));

    private final Path tree = Path.of(System.getenv().getOrDefault("PATCHOSCOPE_TREE_7_2", "none"));
    private final Exprs x = new Exprs();

    @Test
    void entriesAreProvenEqualWhereAChangeOfThemHasNoConsequences() throws Exception {
        // paranoid_exit asks only whether ebx is zero.
        Map<String, String> verdicts = verdicts(Map.of(
                CALLING,
                replaced(CALLING, "\tpushq   %r8\t", "\tnop\n\tpushq   %r8\t"),
                ENTRY,
                replaced(ENTRY, "\tmovl\t$1, %ebx\n", "\tmovl\t$2, %ebx\n")));

        assertThat(verdicts)
                .containsOnlyKeys(
                        "asm_exc_debug", // and asm_exc_machine_check, which is made by the same macro
                        "asm_exc_double_fault",
                        "asm_exc_nmi",
                        "entry_SYSCALL_64",
                        "entry_SYSCALL_compat",
                        "entry_SYSENTER_compat",
                        "error_entry",
                        "xen_error_entry")
                .allSatisfy((root, verdict) -> assertThat(verdict).as(root).isEqualTo("Equivalent"));
    }

    @Test
    void entriesThatRestoreAnotherGsAreFound() throws Exception {
        Map<String, String> verdicts = verdicts(Map.of(
                ENTRY,
                replaced(
                        ENTRY,
                        "\ttestl\t\t%ebx, %ebx\n\tjnz\t\trestore_regs_and_return_to_kernel",
                        "\ttestl\t\t%ebx, %ebx\n\tjz\t\trestore_regs_and_return_to_kernel")));

        assertThat(verdicts)
                .containsOnlyKeys("asm_exc_debug", "asm_exc_double_fault")
                .allSatisfy((root, verdict) -> assertThat(verdict).as(root).isEqualTo("Changed"));
    }

    @Test
    void aReturnToTheUserByTheKernelsWayIsToldOnceForAllVectorsOfAMacro() throws Exception {
        ProgramComparison.Result result = compared(
                Variant.base(),
                Map.of(
                        ENTRY,
                        replaced(ENTRY, """
                                \tjz\trestore_regs_and_return_to_kernel
                                \tjmp\tswapgs_restore_regs_and_return_to_usermode
                                SYM_CODE_END(error_return)""", "\tjmp\trestore_regs_and_return_to_kernel\nSYM_CODE_END(error_return)")));

        assertThat(result.roots())
                .allSatisfy(r -> assertThat(r.findings())
                        .as(r.root())
                        .extracting(f -> f.group().toString())
                        .startsWith("gained:ud2 #0"));
        assertThat(result.roots()).hasSizeLessThan(10);
        assertThat(result.alike().values().stream().flatMap(Set::stream))
                .contains("asm_exc_page_fault", "asm_sysvec_reboot")
                .hasSizeGreaterThan(20);
    }

    @Test
    void fredsEntriesAreProvenEqualWhereNothingComesOfAChange() throws Exception {
        Map<String, String> verdicts = verdicts(
                FRED_CONFIGURATION,
                Map.of(FRED, replaced(FRED, "\tPUSH_AND_CLEAR_REGS\n", "\tPUSH_AND_CLEAR_REGS\n\tnop\n")));

        assertThat(verdicts)
                .containsEntry("asm_fred_entrypoint_user", "Equivalent")
                .containsEntry("asm_fred_entrypoint_kernel", "Equivalent");
    }

    /** ERETU exchanges the GS bases by itself: FRED specification, section 6.2.2. */
    @Test
    void aSwapOfGsOnFredsWayToTheUserIsFound() throws Exception {
        Map<String, String> verdicts =
                verdicts(FRED_CONFIGURATION, Map.of(FRED, replaced(FRED, "1:\tERETU", "\tswapgs\n1:\tERETU")));

        assertThat(verdicts).containsEntry("asm_fred_entrypoint_user", "Changed");
    }

    private byte[] replaced(String file, String old, String now) throws Exception {
        assumeTrue(Files.exists(tree.resolve(file)), "PATCHOSCOPE_TREE_7_2 names no kernel tree");
        String text = Files.readString(tree.resolve(file));
        assertThat(text).contains(old);
        return text.replace(old, now).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private Map<String, String> verdicts(Map<String, byte[]> changes) throws Exception {
        return verdicts(Variant.base(), changes);
    }

    private Map<String, String> verdicts(Variant variant, Map<String, byte[]> changes) throws Exception {
        return compared(variant, changes).roots().stream()
                .collect(Collectors.toMap(
                        RootVerdict::root, r -> r.verdict().getClass().getSimpleName()));
    }

    private ProgramComparison.Result compared(Variant variant, Map<String, byte[]> changes) throws Exception {
        Path cache = Path.of(System.getProperty("user.home"), ".cache", "patchoscope");
        Toolchain llvm = Toolchain.unpack(cache.resolve("toolchain"), s -> {});
        KernelBuild build = switch (SandboxProbe.probe()) {
            case SandboxProbe.Result.Works works ->
                new KernelBuild(llvm, works.sandbox(), cache.resolve("kernel"), 2, s -> {});
            case SandboxProbe.Result.Broken broken -> abort(broken.why());
        };
        SourceState base = SourceState.base(tree, "linux-source-7.2");
        SourceState changed = new SourceState(tree, "linux-source-7.2", new TreeMap<>(changes), new TreeSet<>());
        Prepared prepared = build.prepare(base, Arch.X86_64, variant);
        Target target = Target.of("x86_64");
        ArchProfile profile = new Profiles().shipped(target.profile());
        List<String> objects = profile.objects().stream()
                .filter(o -> base.exists(o.replaceAll("o$", "c")) || base.exists(o.replaceAll("o$", "S")))
                .toList();
        build.warm(prepared, objects);
        DebugInfoReader debug = new DebugInfoReader(llvm.tool("llvm-dwarfdump"));
        try (Disassembler disassembler = target.disassembler(llvm.libLLVM());
                Solver solver = new SlicingSolver(new RememberingSolver(new Z3Solver()))) {
            Side before = side(objects, o -> build.compile(prepared, base, o), debug, target, disassembler);
            Side after = side(objects, o -> build.compile(prepared, changed, o), debug, target, disassembler);
            return new ProgramComparison(profile, x, solver, Limits.REVIEW, target.abi(), f -> {})
                    .compare(before, after);
        }
    }

    private interface Compiler {
        CompileOutcome compile(String object) throws Exception;
    }

    private Side side(List<String> names, Compiler build, DebugInfoReader reader, Target target, Disassembler decoder)
            throws Exception {
        List<ObjectFile> objects = new ArrayList<>();
        DebugInfo debug = DebugInfo.none();
        for (String name : names) {
            if (build.compile(name) instanceof CompileOutcome.Compiled c) {
                objects.add(new ObjectReader().read(name, c.object()));
                debug = debug.and(reader.read(c.object()));
            }
        }
        return new Side(
                new Program(objects, debug, target.lifter(decoder), x), Map.of("THREAD_SIZE", 16384L), Map.of());
    }
}
