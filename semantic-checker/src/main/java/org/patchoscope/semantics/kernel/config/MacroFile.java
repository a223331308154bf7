// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel.config;

import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A macro table as text for the cache: {@code NAME VALUE}, or {@code NAME} alone for one without a value. */
public final class MacroFile {
    private MacroFile() {}

    public static String text(MacroTable.Values table) {
        StringBuilder text = new StringBuilder();
        table.values()
                .forEach((name, value) ->
                        text.append(name).append(' ').append(value).append('\n'));
        table.notConstant().forEach(name -> text.append(name).append('\n'));
        return text.toString();
    }

    public static MacroTable.Values parse(List<String> lines) {
        SortedMap<String, Long> values = new TreeMap<>();
        SortedSet<String> notConstant = new TreeSet<>();
        for (String line : lines) {
            int space = line.indexOf(' ');
            if (space < 0) {
                notConstant.add(line);
            } else {
                values.put(line.substring(0, space), Long.parseLong(line.substring(space + 1)));
            }
        }
        return new MacroTable.Values(values, notConstant);
    }
}
