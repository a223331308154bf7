// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.patchoscope.semantics.kernel.config.Peculiarity;
import org.patchoscope.semantics.kernel.config.Variant;

/** How a tree is configured: the architecture's defconfig and these settings, then the variant's. */
final class Recipe {
    /** Part of every key: raise it when the recipe changes. */
    static final String VERSION = "recipe-1";

    private static final List<String> BASE = List.of(
            // DEBUG_RSEQ and other options that reviewers ask about hide behind EXPERT.
            "CONFIG_EXPERT=y",
            "CONFIG_DEBUG_KERNEL=y",
            "CONFIG_AUDIT=y",
            "CONFIG_AUDITSYSCALL=y",
            "CONFIG_SECCOMP=y",
            "CONFIG_SECCOMP_FILTER=y",
            // Syscall tracepoints exist only with these.
            "CONFIG_FTRACE=y",
            "CONFIG_FUNCTION_TRACER=y",
            "CONFIG_FTRACE_SYSCALLS=y",
            // Prototypes, structure layouts and lines come from DWARF.
            "CONFIG_DEBUG_INFO_NONE=n",
            "CONFIG_DEBUG_INFO_DWARF5=y",
            "CONFIG_DEBUG_INFO_REDUCED=n",
            "CONFIG_DEBUG_INFO_SPLIT=n",
            "CONFIG_DEBUG_INFO_BTF=n",
            "CONFIG_DEBUG_INFO_COMPRESSED_NONE=y",
            // These need signing keys or other compilers and say nothing about behaviour.
            "CONFIG_RUST=n",
            "CONFIG_MODULE_SIG=n",
            "CONFIG_WERROR=n");

    /** What one architecture needs besides, each with its reason. */
    private static final Map<Arch, List<Peculiarity>> PECULIAR = Map.of(
            Arch.ARM64,
            List.of(),
            Arch.X86_64,
            List.of(
                    new Peculiarity(
                            "CONFIG_MITIGATION_RETPOLINE=n",
                            "debug information describes no call through a retpoline, so that objects would be compiled twice")));

    private Recipe() {}

    static List<Peculiarity> peculiarities(Arch arch) {
        return PECULIAR.getOrDefault(arch, List.of());
    }

    /** All settings in the order they are appended; of two for one option the later wins. */
    static List<String> settings(Arch arch, Variant variant) {
        List<String> settings = new ArrayList<>(BASE);
        peculiarities(arch).forEach(p -> settings.add(p.setting()));
        for (String setting : variant.settings()) {
            String option = setting.substring(0, setting.indexOf('=') + 1);
            settings.removeIf(other -> other.startsWith(option));
            settings.add(setting);
        }
        return settings;
    }

    static String fragment(Arch arch, Variant variant) {
        StringBuilder text = new StringBuilder();
        for (String setting : settings(arch, variant)) {
            boolean off = setting.endsWith("=n");
            String option = setting.substring(0, setting.indexOf('='));
            text.append(off ? "# " + option + " is not set" : setting).append('\n');
        }
        return text.toString();
    }
}
