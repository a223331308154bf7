// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.patchoscope.semantics.kernel.files.CmdFile;
import org.patchoscope.semantics.kernel.files.CompileCommand;
import org.patchoscope.semantics.kernel.files.DepFile;
import org.patchoscope.semantics.kernel.files.FileFacts;
import org.patchoscope.semantics.kernel.files.ShellWords;

class CommandTextTest {
    private static final String CMD = """
            savedcmd_arch/x86/entry/x.o := /tc/bin/clang -Wp,-MMD,arch/x86/entry/.x.o.d -I/src/include -I./include \
            -DNAME='"x"' -DHASH=$(pound)1 -DDOLLAR=$$x -c -o arch/x86/entry/x.o /src/arch/x86/entry/x.c ; \
            ./tools/objtool/objtool --mcount arch/x86/entry/x.o && touch y

            source_arch/x86/entry/x.o := /src/arch/x86/entry/x.c

            deps_arch/x86/entry/x.o := \\
                $(wildcard include/config/COMPAT) \\
              /src/include/linux/kconfig.h \\
              include/generated/bounds.h \\

            arch/x86/entry/x.o: $(deps_arch/x86/entry/x.o)
            """;

    @Test
    void takesOnlyTheCompilerRunFromASavedCommand() {
        CmdFile file = CmdFile.parse(CMD).orElseThrow();
        assertThat(file.target()).isEqualTo("arch/x86/entry/x.o");
        assertThat(file.commands()).hasSize(3);
        assertThat(file.deps())
                .containsExactly(
                        "/src/arch/x86/entry/x.c", "/src/include/linux/kconfig.h", "include/generated/bounds.h");
        CompileCommand command = CompileCommand.of(file.compilerRun().orElseThrow(), Path.of("/src"));
        assertThat(command)
                .isEqualTo(new CompileCommand(
                        "/tc/bin/clang",
                        List.of("-I/src/include", "-I./include", "-DNAME=\"x\"", "-DHASH=#1", "-DDOLLAR=$x"),
                        "-c",
                        "arch/x86/entry/x.c"));
    }

    @Test
    void normalisedCommandsOfTwoTreesAreEqual() {
        CompileCommand one = new CompileCommand("clang", List.of("-I/one/include", "-fx=/out1/y"), "-c", "a.c");
        CompileCommand two = new CompileCommand("clang", List.of("-I/two/include", "-fx=/out2/y"), "-c", "a.c");
        assertThat(one.normalised(Path.of("/one"), Path.of("/out1")))
                .isEqualTo(two.normalised(Path.of("/two"), Path.of("/out2")));
    }

    @Test
    void wordsKeepQuotesTogether() {
        assertThat(ShellWords.split("a 'b c' d\"e f\"g \"q\\\"r\" h\\ i ; j&&k"))
                .containsExactly(List.of("a", "b c", "de fg", "q\"r", "h i"), List.of("j"), List.of("k"));
        assertThatThrownBy(() -> ShellWords.split("a 'b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void overlayQuotesNames() {
        String yaml = Overlay.yaml(new TreeMap<>(Map.of(Path.of("/src/a\"b.c"), Path.of("/work/0"))));
        assertThat(yaml)
                .contains("\"name\": \"/src/a\\\"b.c\", \"external-contents\": \"/work/0\"")
                .contains("\"use-external-names\": false");
    }

    @Test
    void readsDependencyRules() {
        assertThat(DepFile.parse("x.o: /src/a.c \\\n  ./include/b.h \\\n /src/a.c\n"))
                .containsExactly("/src/a.c", "./include/b.h");
        assertThatThrownBy(() -> DepFile.parse("x.o: a\\ b.c")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void findsOptionsAsKbuildDoes() {
        byte[] text = "#ifdef CONFIG_FOO\nIS_MODULE(CONFIG_BAR) CONFIG_BAZ_MODULE XCONFIG_NO"
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        assertThat(FileFacts.of(text).options()).containsExactly("CONFIG_BAR", "CONFIG_BAZ", "CONFIG_FOO");
    }

    @Test
    void namesOnlyObjectLikeMacrosWithABody() {
        List<String> listing =
                List.of("#define TIF_A 1", "#define TIF_F(x) x", "#define TIF_EMPTY ", "#define OTHER 2");
        assertThat(MacroReader.names(listing, java.util.regex.Pattern.compile("TIF_.*")))
                .containsExactly("TIF_A");
    }
}
