// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchoscope.semantics.kernel.config.ConfigDrift;
import org.patchoscope.semantics.kernel.config.KernelConfig;
import org.patchoscope.semantics.kernel.config.Variant;
import org.patchoscope.semantics.kernel.files.CacheFiles;
import org.patchoscope.semantics.kernel.files.Digest;
import org.patchoscope.semantics.toolchain.Progress;

class SourceStateTest {
    @TempDir
    Path dir;

    @BeforeEach
    void makeBase() throws Exception {
        Files.createDirectories(dir.resolve("base/kernel"));
        Files.writeString(dir.resolve("base/kernel/fork.c"), "old");
        Files.writeString(dir.resolve("base/kernel/gone.c"), "gone");
        Files.createSymbolicLink(dir.resolve("base/link"), Path.of("kernel"));
    }

    private SourceState state(String path, String text, String... deleted) {
        TreeMap<String, byte[]> replaced = new TreeMap<>();
        replaced.put(path, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return new SourceState(dir.resolve("base"), "id", replaced, new TreeSet<>(List.of(deleted)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/etc/passwd",
                "../x",
                "a/../../x",
                "a//b",
                "./a",
                "a/",
                "a\nb",
                "a\\b",
                ".git/config",
                "link/fork.c"
            })
    void pathsThatLeadElsewhereAreRefused(String path) {
        assertThatThrownBy(() -> state(path, "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keysFollowContent() {
        assertThat(state("kernel/fork.c", "new").key())
                .isEqualTo(state("kernel/fork.c", "new").key())
                .isNotEqualTo(state("kernel/fork.c", "newer").key())
                .isNotEqualTo(state("kernel/exit.c", "new").key())
                .isNotEqualTo(state("kernel/fork.c", "new", "kernel/gone.c").key());
        assertThat(new Digest().add("ab").add("c").hex())
                .isNotEqualTo(new Digest().add("a").add("bc").hex());
    }

    @Test
    void presenceNamesFilesThatCameOrWent() {
        assertThat(state("kernel/fork.c", "x").presence()).isEmpty();
        assertThat(state("kernel/new.h", "x", "kernel/gone.c").presence())
                .containsExactly("+kernel/new.h", "-kernel/gone.c");
    }

    @Test
    void aTreeOfItsOwnLeavesTheBaseAlone() throws Exception {
        SourceState state = state("kernel/fork.c", "new", "kernel/gone.c");
        Path tree = new Trees(Progress.none()).materialise(state, dir.resolve("home"));
        assertThat(tree.resolve("kernel/fork.c")).hasContent("new");
        assertThat(tree.resolve("kernel/gone.c")).doesNotExist();
        assertThat(tree.resolve("link")).isSymbolicLink();
        assertThat(dir.resolve("base/kernel/fork.c")).hasContent("old");
        assertThat(dir.resolve("base/kernel/gone.c")).exists();
    }

    @Test
    void buildFilesAndGeneratedHeaderInputsNeedATree() {
        Set<String> inputs = Set.of("include/linux/in.h");
        assertThat(TreeNeed.reason(Arch.ARM64, inputs, state("kernel/fork.c", "x")))
                .isEmpty();
        for (String path : List.of(
                "include/linux/in.h",
                "arch/arm64/Kconfig",
                "kernel/Makefile",
                "scripts/x",
                "arch/arm64/tools/syscall_64.tbl",
                "arch/arm64/kernel/vmlinux.lds.S")) {
            assertThat(TreeNeed.reason(Arch.ARM64, inputs, state(path, "x"))).isPresent();
        }
        assertThat(TreeNeed.reason(Arch.ARM64, inputs, state("kernel/fork.c", "x", "kernel/gone.c")))
                .isPresent();
        for (String path : List.of("arch/powerpc/Kconfig", "tools/testing/selftests/Makefile")) {
            assertThat(TreeNeed.reason(Arch.ARM64, inputs, state(path, "x"))).isEmpty();
        }
    }

    @Test
    void theCoreOfAStateIsWhatTheBuildReads() throws Exception {
        Files.createDirectories(dir.resolve("base/arch/arm64"));
        Files.writeString(dir.resolve("base/arch/arm64/Kconfig"), "old");
        TreeMap<String, byte[]> replaced = new TreeMap<>();
        replaced.putAll(state("arch/arm64/Kconfig", "new").replaced());
        replaced.putAll(state("kernel/fork.c", "new").replaced());
        SourceState both = new SourceState(dir.resolve("base"), "id", replaced, new TreeSet<>());

        SourceState core = TreeNeed.core(Arch.ARM64, Set.of(), both);

        assertThat(core.replaced().keySet()).containsExactly("arch/arm64/Kconfig");
    }

    @Test
    void differencesToAnotherStateSayWhatIsHere() throws Exception {
        SourceState one = state("kernel/fork.c", "one");

        assertThat(one.differencesTo(state("kernel/fork.c", "one"))).isEmpty();
        assertThat(one.differencesTo(state("kernel/fork.c", "two")).get("kernel/fork.c"))
                .asString()
                .isEqualTo("one");
        assertThat(one.differencesTo(state("kernel/gone.c", "two")).get("kernel/gone.c"))
                .asString()
                .isEqualTo("gone");
    }

    @Test
    void whereAFileIsNewTheWholeStateIsCore() {
        SourceState state = state("arch/arm64/include/asm/brand-new.h", "x");

        assertThat(TreeNeed.core(Arch.ARM64, Set.of(), state)).isEqualTo(state);
    }

    @Test
    void whatASandboxLeftIsNotFollowedOutside() throws Exception {
        Path link = Files.createSymbolicLink(dir.resolve("out.o"), dir.resolve("base/kernel/fork.c"));
        assertThat(CacheFiles.isPlain(link)).isFalse();
        assertThatThrownBy(() -> CacheFiles.readPlain(link)).hasMessageContaining("not a plain file");
    }

    @Test
    void settingsAreOneLineEach() {
        assertThatThrownBy(() -> new Variant("x", List.of("CONFIG_A=y\nCONFIG_B=y")))
                .isInstanceOf(IllegalArgumentException.class);
        String fragment = Recipe.fragment(Arch.ARM64, new Variant("no audit", List.of("CONFIG_AUDIT=n")));
        assertThat(fragment).contains("# CONFIG_AUDIT is not set\n").doesNotContain("CONFIG_AUDIT=y");
    }

    @Test
    void settingsThatBelongTogetherAreOneConfiguration() {
        Variant variant = Variant.of("CONFIG_EXPERT=y,CONFIG_CMDLINE=\"a,b\",CONFIG_PREEMPT_RT=y");
        assertThat(variant.name()).isEqualTo("EXPERT=y,CMDLINE=\"a,b\",PREEMPT_RT=y");
        assertThat(variant.settings())
                .containsExactly("CONFIG_EXPERT=y", "CONFIG_CMDLINE=\"a,b\"", "CONFIG_PREEMPT_RT=y");
        for (String wrong : List.of("", "EXPERT=y", "CONFIG_A=y,", "CONFIG_A=y,B=y")) {
            assertThatThrownBy(() -> Variant.of(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void configurationsAreComparedOptionByOption() throws Exception {
        Path before = Files.writeString(dir.resolve("before"), "CONFIG_A=y\n# CONFIG_B is not set\nCONFIG_S=\"s\"\n");
        Path after = Files.writeString(dir.resolve("after"), "CONFIG_S=\"s\"\nCONFIG_C=m\n");
        KernelConfig config = KernelConfig.read(before);
        assertThat(config.unmet(List.of("CONFIG_A=y", "CONFIG_B=n", "CONFIG_Z=n", "CONFIG_B=y")))
                .containsExactly("CONFIG_B=y");
        assertThat(ConfigDrift.between(config, KernelConfig.read(after)).changes())
                .containsOnlyKeys("CONFIG_A", "CONFIG_C")
                .containsEntry("CONFIG_C", new ConfigDrift.Change("n", "m"));
    }

    @Test
    void everyRequirementNamesAPackage() {
        assertThat(KernelBuild.check())
                .isNotEmpty()
                .allSatisfy(
                        requirement -> assertThat(requirement.debianPackage()).isNotEmpty());
    }
}
