// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.patchoscope.semantics.count.assembly.AssemblyCount;
import org.patchoscope.semantics.count.assembly.AssemblyCounter;
import org.patchoscope.semantics.count.assembly.MarkedAssembly;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.isa.TestToolchain;
import org.patchoscope.semantics.kernel.Arch;
import org.patchoscope.semantics.kernel.KernelBuild;
import org.patchoscope.semantics.kernel.Prepared;
import org.patchoscope.semantics.kernel.Reassembled;
import org.patchoscope.semantics.kernel.SourceState;
import org.patchoscope.semantics.kernel.config.Variant;
import org.patchoscope.semantics.kernel.files.CompileOutcome;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.object.ObjectReader;
import org.patchoscope.semantics.program.Target;
import org.patchoscope.semantics.sandbox.SandboxProbe;
import org.patchoscope.semantics.toolchain.Toolchain;

/**
 * The assembly sources of a real kernel tree: the marks leave their code as it is, every instruction has its line, and
 * it is the line that the assembler itself writes into the debug information.
 */
class KernelAssemblyTest {
    private static final Pattern SECTION = Pattern.compile("Disassembly of section (.+):");
    private static final Pattern LINE = Pattern.compile("; (?:\\./)*(.+):(\\d+)");
    private static final Pattern INSTRUCTION = Pattern.compile("\\s*([0-9a-f]+):\\s+(\\w+).*");

    private static final Pattern MARKER = Pattern.compile("# (\\d+) \"([^\"]*)\".*");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "x86_64, arch/x86/entry/entry_64.o, CLEAR_REGS, 5 x 13 xorl",
        "x86_64, arch/x86/entry/entry_64_compat.o, CLEAR_REGS, 2 x 13 xorl",
        "x86_64, arch/x86/lib/copy_user_64.o, , ",
        "arm64, arch/arm64/kernel/entry.o, clear_gp_regs, 8 x 30 mov",
        "arm64, arch/arm64/lib/strlen.o, , ",
    })
    void everyInstructionHasItsLineAndMacro(String arch, String name, @Nullable String macro, @Nullable String content)
            throws Exception {
        String tree = System.getenv("PATCHOSCOPE_TREE_7_2");
        assumeTrue(tree != null, "PATCHOSCOPE_TREE_7_2 names no kernel tree");
        Path cache = Path.of(System.getProperty("user.home"), ".cache", "patchoscope");
        Toolchain llvm = Toolchain.unpack(cache.resolve("toolchain"), s -> {});
        KernelBuild build = switch (SandboxProbe.probe()) {
            case SandboxProbe.Result.Works works ->
                new KernelBuild(llvm, works.sandbox(), cache.resolve("kernel"), 2, s -> {});
            case SandboxProbe.Result.Broken broken -> abort(broken.why());
        };
        SourceState base = SourceState.base(Path.of(tree), "linux-source-7.2");
        Prepared prepared = build.prepare(base, Arch.of(arch), Variant.base());
        CompileOutcome.Compiled compiled = (CompileOutcome.Compiled) build.compile(prepared, base, name);
        ObjectFile original = new ObjectReader().read(name, compiled.object());
        boolean x86 = arch.equals("x86_64");
        Reassembled.Made made = (Reassembled.Made) build.reassemble(
                prepared, base, name, text -> MarkedAssembly.of(text, x86).text());
        ObjectFile marked = new ObjectReader().read(name, made.object());
        try (Disassembler disassembler = Target.of(arch).disassembler(llvm.libLLVM())) {
            MarkedAssembly marks = MarkedAssembly.of(made.preprocessed(), x86);
            AssemblyCount count = new AssemblyCounter(disassembler).count(original, marked, marks);

            assertThat(count).isInstanceOfSatisfying(AssemblyCount.Counted.class, c -> {
                Map<String, Integer> own = lines(c, repetitions(made.preprocessed()));
                Map<String, Integer> theirs = fromDebugInformation(llvm, compiled.object(), original);
                assertThat(own.values().stream().mapToInt(Integer::intValue).sum())
                        .isEqualTo(theirs.values().stream()
                                .mapToInt(Integer::intValue)
                                .sum());
                // Where code is put into a subsection the assembler's lines get out of step with its code.
                if (x86 || original.alternatives().isEmpty()) {
                    assertThat(own).isEqualTo(theirs);
                }
                assertThat(c.macros().values().stream()
                                .filter(m -> m.name().equals(macro))
                                .flatMap(m -> m.expansions().entrySet().stream())
                                .map(e -> e.getValue() + " x " + e.getKey().text()))
                        .isEqualTo(content == null ? List.of() : List.of(content));
            });
        }
    }

    /** What fills gaps has no line of its own in debug information, and what is repeated has the line of the repetition. */
    private static Map<String, Integer> lines(AssemblyCount.Counted c, Map<String, String> repetitions) {
        Map<String, Integer> all = new TreeMap<>();
        c.lines()
                .forEach(l -> l.content().mnemonics().forEach((mnemonic, n) -> {
                    if (!filler(mnemonic)) {
                        String line = l.file() + ":" + l.line();
                        all.merge(repetitions.getOrDefault(line, line), n, Integer::sum);
                    }
                }));
        return all;
    }

    private static boolean filler(String mnemonic) {
        return mnemonic.startsWith("nop") || mnemonic.equals("udf") || mnemonic.equals("int3");
    }

    /** Lines in repetitions outside of macros, with the line where the outermost begins. */
    private static Map<String, String> repetitions(String preprocessed) {
        Map<String, String> all = new HashMap<>();
        String file = "";
        int line = 0;
        int depth = 0;
        boolean macro = false;
        String start = "";
        for (String text : preprocessed.lines().toList()) {
            Matcher marker = MARKER.matcher(text);
            if (marker.matches()) {
                line = Integer.parseInt(marker.group(1));
                file = marker.group(2);
                continue;
            }
            String here = file + ":" + line++;
            macro = text.contains(".macro ") || macro && !text.contains(".endm");
            if (!macro && text.strip().matches("\\.(rept|irp).*") && depth++ == 0) {
                start = here;
            } else if (!macro && text.strip().equals(".endr")) {
                depth--;
            } else if (depth > 0) {
                all.put(here, start);
            }
        }
        return all;
    }

    /** Instructions in functions by the line that the assembler's own debug information gives them. */
    private Map<String, Integer> fromDebugInformation(Toolchain llvm, Path object, ObjectFile file) {
        Map<String, Integer> sections = new HashMap<>();
        file.sections().forEach(s -> sections.putIfAbsent(s.name(), s.index()));
        Map<String, Integer> all = new TreeMap<>();
        int section = 0;
        String line = "";
        for (String text : disassembly(llvm, object)) {
            Matcher inSection = SECTION.matcher(text);
            Matcher atLine = LINE.matcher(text);
            Matcher instruction = INSTRUCTION.matcher(text);
            if (inSection.matches()) {
                section = sections.getOrDefault(inSection.group(1), 0);
            } else if (atLine.matches()) {
                line = atLine.group(1) + ":" + atLine.group(2);
            } else if (instruction.matches()
                    && !filler(instruction.group(2))
                    && file.functionAt(section, Long.parseLong(instruction.group(1), 16))
                            .isPresent()) {
                all.merge(line, 1, Integer::sum);
            }
        }
        return all;
    }

    private List<String> disassembly(Toolchain llvm, Path object) {
        Path text = directory.resolve("disassembly");
        try {
            TestToolchain.run(
                    text,
                    List.of(llvm.tool("llvm-objdump").toString(), "-d", "-l", "--no-show-raw-insn", object.toString()));
            return Files.readAllLines(text);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
