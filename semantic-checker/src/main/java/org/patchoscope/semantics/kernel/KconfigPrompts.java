// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchoscope.semantics.kernel.files.CacheFiles;

/**
 * Which options a user can set. One without a prompt (AUDITSYSCALL) follows from others, of which it names some in
 * {@code depends on} or {@code if}; Kconfig would ignore a value given to it.
 */
final class KconfigPrompts {
    private static final Pattern CONFIG = Pattern.compile("\\s*(?:menu)?config\\s+([A-Za-z0-9_]+)\\s*");
    private static final Pattern PROMPT = Pattern.compile("\\s+(?:(?:bool|tristate)\\s+\"|prompt\\s+).*");
    private static final Pattern DEPENDS = Pattern.compile("\\s+(?:depends on|def_bool|default|bool)\\b(.*)");
    private static final Pattern WORD = Pattern.compile("[A-Z][A-Z0-9_]+");
    private static final Pattern FILE = Pattern.compile("\\s+(\\S*Kconfig\\S*)\\s*\\\\?");

    private final Set<String> prompted = new HashSet<>();
    private final Map<String, List<String>> dependencies = new HashMap<>();

    private KconfigPrompts() {}

    /** Reads the Kconfig files that configuring {@code prepared} read. */
    static KconfigPrompts of(Prepared prepared) throws IOException {
        KconfigPrompts prompts = new KconfigPrompts();
        Path list = prepared.out().resolve("include/config/auto.conf.cmd");
        if (CacheFiles.isPlain(list)) {
            for (String line : CacheFiles.readPlainText(list).lines().toList()) {
                Matcher name = FILE.matcher(line);
                if (name.matches()) {
                    Path file = prepared.source().resolve(name.group(1)).normalize();
                    if (file.startsWith(prepared.source()) && CacheFiles.isPlain(file)) {
                        prompts.read(CacheFiles.readPlainText(file));
                    }
                }
            }
        }
        return prompts;
    }

    private void read(String text) {
        String option = "";
        for (String line : text.lines().toList()) {
            Matcher config = CONFIG.matcher(line);
            Matcher depends = DEPENDS.matcher(line);
            if (config.matches()) {
                option = "CONFIG_" + config.group(1);
            } else if (PROMPT.matcher(line).matches()) {
                prompted.add(option);
            } else if (depends.matches()) {
                Matcher word = WORD.matcher(depends.group(1));
                while (word.find()) {
                    dependencies.computeIfAbsent(option, o -> new ArrayList<>()).add("CONFIG_" + word.group());
                }
            }
        }
    }

    /** The option to set in order to vary {@code option}: itself, or the first it depends on that can be set. */
    Optional<String> handle(String option) {
        if (prompted.contains(option)) {
            return Optional.of(option);
        }
        return dependencies.getOrDefault(option, List.of()).stream()
                .filter(prompted::contains)
                .findFirst();
    }
}
