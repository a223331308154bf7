// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel.files;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the cache needs to know of a file: its content's key and the Kconfig options that occur in it. */
public record FileFacts(String hash, SortedSet<String> options) {
    private static final Pattern OPTION = Pattern.compile("(?<![A-Za-z0-9_])CONFIG_([A-Za-z0-9_]+)");
    private static final String MODULE = "_MODULE";

    public FileFacts {
        options = Collections.unmodifiableSortedSet(new TreeSet<>(options));
    }

    public static FileFacts of(byte[] content) {
        SortedSet<String> options = new TreeSet<>();
        Matcher matcher = OPTION.matcher(new String(content, StandardCharsets.ISO_8859_1));
        while (matcher.find()) {
            String name = matcher.group();
            options.add(name.endsWith(MODULE) ? name.substring(0, name.length() - MODULE.length()) : name);
        }
        return new FileFacts(Digest.of(content), options);
    }
}
