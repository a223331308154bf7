// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.config.Profiles;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.kernel.Arch;
import org.patchoscope.semantics.kernel.KernelBuild;
import org.patchoscope.semantics.kernel.Prepared;
import org.patchoscope.semantics.kernel.SourceState;
import org.patchoscope.semantics.kernel.config.MacroTable;
import org.patchoscope.semantics.kernel.config.Variant;
import org.patchoscope.semantics.kernel.files.CompileOutcome;
import org.patchoscope.semantics.object.DebugInfo;
import org.patchoscope.semantics.object.DebugInfoReader;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.object.ObjectReader;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.program.Target;
import org.patchoscope.semantics.sandbox.SandboxProbe;
import org.patchoscope.semantics.toolchain.Toolchain;

/** The profile's objects of a real kernel tree, built once and kept in the cache of the machine. */
record KernelWorld(
        Target target,
        ArchProfile profile,
        List<Path> files,
        List<ObjectFile> objects,
        DebugInfo debug,
        Map<String, Long> macros) {

    /** Builds them; skips the test where there is no tree or no sandbox. */
    static KernelWorld arm64() throws Exception {
        return of(Arch.ARM64, "arm64", "7_2");
    }

    /** The same for x86-64. */
    static KernelWorld x86() throws Exception {
        return of(Arch.X86_64, "x86_64", "7_2");
    }

    /** X86-64 of Linux 6.1: return thunks, retpolines, and alternatives without flags. */
    static KernelWorld oldX86() throws Exception {
        return of(Arch.X86_64, "x86_64", "6_1");
    }

    /** X86-64 with return thunks and retpolines. */
    static KernelWorld x86WithThunks() throws Exception {
        String option = "CONFIG_MITIGATION_RETPOLINE=y";
        return of(Arch.X86_64, "x86_64", "7_2", new Variant(option.replace("CONFIG_", ""), List.of(option)));
    }

    /** X86-64 whose processors may have FRED; its stacks end earlier. */
    static KernelWorld x86WithFred() throws Exception {
        return of(Arch.X86_64, "x86_64", "7_2", new Variant("X86_FRED=y", List.of("CONFIG_X86_FRED=y")));
    }

    private static KernelWorld of(Arch arch, String name, String version) throws Exception {
        return of(arch, name, version, Variant.base());
    }

    private static KernelWorld of(Arch arch, String name, String version, Variant variant) throws Exception {
        Target target = Target.of(name);
        String variable = "PATCHOSCOPE_TREE_" + version;
        String tree = System.getenv(variable);
        assumeTrue(tree != null, variable + " names no kernel tree");
        Path cache = Path.of(System.getProperty("user.home"), ".cache", "patchoscope");
        Toolchain llvm = Toolchain.unpack(cache.resolve("toolchain"), s -> {});
        KernelBuild build = switch (SandboxProbe.probe()) {
            case SandboxProbe.Result.Works works ->
                new KernelBuild(llvm, works.sandbox(), cache.resolve("kernel"), 2, s -> {});
            case SandboxProbe.Result.Broken broken -> abort(broken.why());
        };
        SourceState base = SourceState.base(Path.of(tree), "linux-source-" + version.replace('_', '.'));
        Prepared prepared = build.prepare(base, arch, variant);
        ArchProfile profile = new Profiles().shipped(target.profile());
        build.warm(
                prepared,
                profile.objects().stream()
                        .filter(o -> base.exists(o.replaceAll("o$", "c")) || base.exists(o.replaceAll("o$", "S")))
                        .toList());
        List<Path> files = new ArrayList<>();
        List<ObjectFile> objects = new ArrayList<>();
        DebugInfo debug = DebugInfo.none();
        DebugInfoReader reader = new DebugInfoReader(llvm.tool("llvm-dwarfdump"));
        for (String o : profile.objects()) {
            if (build.compile(prepared, base, o) instanceof CompileOutcome.Compiled c) {
                files.add(c.object());
                objects.add(new ObjectReader().read(o, c.object()));
                debug = debug.and(reader.read(c.object()));
            }
        }
        Pattern wanted = Pattern.compile("THREAD_SIZE|TOP_OF_KERNEL_STACK_PADDING|"
                + String.join("|", profile.paths().getFirst().macros()) + "|"
                + String.join("|", new Profiles().events().macros()));
        MacroTable macros = build.macros(prepared, base, "arch/" + arch.sourceDir() + "/kernel/ptrace.o", wanted);
        Map<String, Long> values = macros instanceof MacroTable.Values v ? v.values() : Map.of();
        return new KernelWorld(target, profile, files, objects, debug, values);
    }

    /** Without the objects that define what is not to be counted. */
    KernelWorld without(List<String> functions) {
        List<Path> keptFiles = new ArrayList<>();
        List<ObjectFile> kept = new ArrayList<>();
        for (int i = 0; i < objects.size(); i++) {
            if (functions.stream().noneMatch(objects.get(i).functions()::containsKey)) {
                keptFiles.add(files.get(i));
                kept.add(objects.get(i));
            }
        }
        return new KernelWorld(target, profile, keptFiles, kept, debug, macros);
    }

    Program program(Disassembler disassembler) {
        return new Program(objects, debug, target.lifter(disassembler), new Exprs());
    }
}
