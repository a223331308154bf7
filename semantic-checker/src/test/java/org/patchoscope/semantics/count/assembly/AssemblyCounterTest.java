// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.isa.TestToolchain;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.object.ObjectReader;

/** Counts per line and macro, each rule on a few lines of assembly. */
class AssemblyCounterTest {
    private static final String SAVE = """
            .macro SAVE_REST
            subq $48, %rsp
            movq %rbx, 40(%rsp)
            movq %rbp, 32(%rsp)
            movq %r12, 24(%rsp)
            movq %r13, 16(%rsp)
            movq %r14, 8(%rsp)
            movq %r15, (%rsp)
            .endm
            """;

    @TempDir
    private Path directory;

    @Test
    void aMacroHoldsItsInstructionsPerExpansion() throws Exception {
        AssemblyCount.Counted c = x86(SAVE + function("f", "SAVE_REST\nnop\nSAVE_REST\nret"));

        assertThat(macros(c)).containsExactly(Map.entry("SAVE_REST", "2 x 6 movq + 1 subq"));
        assertThat(lines(c))
                .containsExactly("f:13 6 movq + 1 subq", "f:14 1 nop", "f:15 6 movq + 1 subq", "f:16 1 retq");
    }

    @Test
    void aNestedMacroCountsForItselfAndForTheOneAround() throws Exception {
        AssemblyCount.Counted c =
                x86(SAVE + ".macro OUTER\npushq %rax\nSAVE_REST\npopq %rax\n.endm\n" + function("f", "OUTER\nret"));

        assertThat(macros(c))
                .containsEntry("SAVE_REST", "1 x 6 movq + 1 subq")
                .containsEntry("OUTER", "1 x 6 movq + 1 popq + 1 pushq + 1 subq");
        assertThat(c.macros().values())
                .filteredOn(m -> m.name().equals("OUTER"))
                .singleElement()
                .satisfies(m -> assertThat(m.within()).containsExactly("SAVE_REST"));
    }

    @Test
    void expansionsThatDifferByTheirArgumentsAreToldApart() throws Exception {
        AssemblyCount.Counted c = x86(".macro LOAD skip=0\nmovq (%rsp), %rdi\n.if \\skip\n.else\nmovq 8(%rsp), %rax\n"
                + ".endif\n.endm\n" + function("f", "LOAD\nLOAD 1\nLOAD 1\nret"));

        assertThat(macros(c)).containsExactly(Map.entry("LOAD", "1 x 2 movq, 2 x 1 movq"));
    }

    @Test
    void anEarlyExitEndsTheMacro() throws Exception {
        AssemblyCount.Counted c =
                x86(".macro SOME n\nnop\n.if \\n\n.exitm\n.endif\nnop\n.endm\n" + function("f", "SOME 1\nSOME 0\nret"));

        assertThat(macros(c)).containsExactly(Map.entry("SOME", "1 x 1 nop, 1 x 2 nop"));
    }

    @Test
    void repetitionsCountEveryRound() throws Exception {
        AssemblyCount.Counted c = x86(".macro POP\n.irp r,rax,rbx,rcx\npopq %\\r\n.endr\n.endm\n"
                + function("f", ".rept 2\nPOP\n.endr\nret"));

        assertThat(macros(c)).containsExactly(Map.entry("POP", "2 x 3 popq"));
        assertThat(lines(c)).contains("f:10 6 popq");
    }

    @Test
    void whatIsPutIntoAnotherSectionIsNotOfTheFunction() throws Exception {
        AssemblyCount.Counted c =
                x86(".macro ALT a b\n740: \\a; .pushsection .repl, \"ax\"; 743: \\b; 744: .popsection\n" + ".endm\n"
                        + function("f", "ALT \"nop\" \"verw (%rax)\"\nret"));

        assertThat(macros(c)).containsExactly(Map.entry("ALT", "1 x 1 nop"));
        assertThat(lines(c)).containsExactly("f:7 1 nop", "f:8 1 retq");
    }

    @Test
    void anAlternativeInASubsectionIsAttributedToo() throws Exception {
        AssemblyCount.Counted c = arm64(".macro alt\n661: nop\n662: .subsection 1\n663: isb\n664: .previous\n.endm\n"
                + function("f", "mov x0, #1\nalt\nret"));

        assertThat(macros(c)).containsExactly(Map.entry("alt", "1 x 1 nop"));
        assertThat(lines(c)).containsExactly("f:10 1 mov", "f:11 1 nop", "f:12 1 ret");
    }

    @Test
    void semicolonsStringsAndCommentsAreNoTrouble() throws Exception {
        AssemblyCount.Counted c =
                x86(function("f", "nop; nop # one; two\n.pushsection .c,\"\"; .asciz \"a;#b\"; .popsection\nret"));

        assertThat(lines(c)).containsExactly("f:4 2 nop", "f:6 1 retq");
    }

    @Test
    void linesAreThoseOfTheFileThatTheMarkerNames() throws Exception {
        AssemblyCount.Counted c = x86("# 100 \"arch/x86/entry/e.S\"\n" + function("f", "nop\nret"));

        assertThat(c.lines().getFirst().file()).isEqualTo("arch/x86/entry/e.S");
        assertThat(c.lines().getFirst().line()).isEqualTo(103);
    }

    /** Only what assembles to the same bytes may be told apart. */
    @Test
    void codeThatTheMarksChangeIsNotCounted() throws Exception {
        String code = function("f", "nop\nret");
        ObjectFile original = object("o.s", code, "x86_64-linux-gnu");
        ObjectFile other = object("p.s", code.replace("ret", "nop\nret"), "x86_64-linux-gnu");
        try (Disassembler disassembler = TestToolchain.x86()) {
            assertThat(new AssemblyCounter(disassembler).count(original, other, MarkedAssembly.of(code, true)))
                    .isInstanceOfSatisfying(
                            AssemblyCount.NotCounted.class,
                            n -> assertThat(n.reason()).contains("section .text"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".quad 1", ".asciz \"text\""})
    void dataAmongTheInstructionsMakesNoCount(String data) throws Exception {
        assertThat(count(function("f", "nop\n" + data + "\nret"), true))
                .isInstanceOfSatisfying(
                        AssemblyCount.NotCounted.class,
                        n -> assertThat(n.reason()).contains("data among"));
    }

    private static String function(String name, String body) {
        return ".text\n.type " + name + ",@function\n" + name + ":\n" + body + "\n.size " + name + ", . - " + name
                + "\n";
    }

    private AssemblyCount.Counted x86(String code) throws Exception {
        return (AssemblyCount.Counted) count(code, true);
    }

    private AssemblyCount.Counted arm64(String code) throws Exception {
        return (AssemblyCount.Counted) count(code, false);
    }

    private AssemblyCount count(String code, boolean x86) throws Exception {
        String target = x86 ? "x86_64-linux-gnu" : "aarch64-linux-gnu";
        MarkedAssembly marked = MarkedAssembly.of(code, x86);
        ObjectFile original = object("original.s", code, target);
        ObjectFile copy = object("marked.s", marked.text(), target);
        try (Disassembler disassembler = x86 ? TestToolchain.x86() : TestToolchain.arm64()) {
            return new AssemblyCounter(disassembler).count(original, copy, marked);
        }
    }

    private ObjectFile object(String name, String code, String target) throws Exception {
        Path source = Files.writeString(directory.resolve(name), code);
        Path object = directory.resolve(name + ".o");
        String clang = TestToolchain.directory().resolve("bin/clang").toString();
        TestToolchain.run(
                directory.resolve("log"),
                List.of(clang, "--target=" + target, "-c", source.toString(), "-o", object.toString()));
        return new ObjectReader().read(name, object);
    }

    private static List<String> lines(AssemblyCount.Counted c) {
        List<String> all = new ArrayList<>();
        c.lines()
                .forEach(l -> all.add(
                        l.function() + ":" + l.line() + " " + l.content().text()));
        return all;
    }

    private static Map<String, String> macros(AssemblyCount.Counted c) {
        return c.macros().values().stream()
                .collect(Collectors.toMap(
                        AssemblyCount.Macro::name,
                        m -> m.expansions().entrySet().stream()
                                .map(e -> e.getValue() + " x " + e.getKey().text())
                                .sorted()
                                .collect(Collectors.joining(", "))));
    }
}
