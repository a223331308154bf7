// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.object;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The tree of debugging entries as {@code llvm-dwarfdump --debug-info} prints it. There is no maintained
 * DWARF 5 reader for Java, and the one that comes with the toolchain reads what that toolchain writes.
 */
final class DwarfText {
    private static final Pattern ENTRY = Pattern.compile("0x([0-9a-f]+): ( *)(DW_TAG_\\w+)");
    private static final String ATTRIBUTE = "DW_AT_";

    /** A location that is one place in memory, without pieces and operations after it. */
    private static final Pattern RANGE = Pattern.compile("\\s+\\[0x([0-9a-f]+), 0x[0-9a-f]+\\): (.*)");

    /** A range of addresses of code that is in several pieces. */
    private static final Pattern PIECE = Pattern.compile("\\s+\\[0x([0-9a-f]+), 0x([0-9a-f]+)\\)\\)?");

    /** One entry. */
    static final class Die {
        final long offset;
        final String tag;
        final Map<String, String> attributes = new HashMap<>();
        final List<Die> children = new ArrayList<>();
        final List<String> locations = new ArrayList<>();
        final List<DebugInfo.Extent> pieces = new ArrayList<>();

        Die(long offset, String tag) {
            this.offset = offset;
            this.tag = tag;
        }

        @Nullable
        String text(String attribute) {
            String v = attributes.get(attribute);
            if (v == null) {
                return null;
            }
            int from = v.indexOf('"');
            int to = v.lastIndexOf('"');
            return from >= 0 && to > from ? v.substring(from + 1, to) : v;
        }

        long number(String attribute, long otherwise) {
            String v = attributes.get(attribute);
            if (v == null) {
                return otherwise;
            }
            try {
                return v.startsWith("0x") ? Long.parseUnsignedLong(v.substring(2), 16) : Long.parseLong(v);
            } catch (NumberFormatException e) {
                return otherwise;
            }
        }

        @Nullable
        Long reference(String attribute) {
            String v = attributes.get(attribute);
            if (v == null || !v.startsWith("0x")) {
                return null;
            }
            int end = v.indexOf(' ');
            return Long.parseUnsignedLong(end < 0 ? v.substring(2) : v.substring(2, end), 16);
        }
    }

    final Map<Long, Die> byOffset = new LinkedHashMap<>();
    final List<Die> roots = new ArrayList<>();

    DwarfText(BufferedReader in) throws IOException {
        List<Die> stack = new ArrayList<>();
        Die current = null;
        String line;
        while ((line = in.readLine()) != null) {
            Matcher m = ENTRY.matcher(line);
            if (line.startsWith("0x") && m.lookingAt()) {
                current = new Die(Long.parseLong(m.group(1), 16), m.group(3));
                int depth = m.group(2).length() / 2;
                while (stack.size() > depth) {
                    stack.removeLast();
                }
                (stack.isEmpty() ? roots : stack.getLast().children).add(current);
                stack.add(current);
                byOffset.put(current.offset, current);
            } else if (current != null) {
                attribute(current, line);
            }
        }
    }

    private static void attribute(Die die, String line) {
        String text = line.stripLeading();
        if (text.startsWith(ATTRIBUTE)) {
            int opened = text.indexOf('(');
            if (opened > 0) {
                die.attributes.put(
                        text.substring(ATTRIBUTE.length(), opened).strip(), unclosed(text.substring(opened + 1)));
            }
            return;
        }
        Matcher piece = PIECE.matcher(line);
        if (piece.matches()) {
            die.pieces.add(new DebugInfo.Extent(
                    Long.parseUnsignedLong(piece.group(1), 16), Long.parseUnsignedLong(piece.group(2), 16)));
            return;
        }
        Matcher r = RANGE.matcher(line);
        if (text.startsWith("[") && r.matches()) {
            die.attributes.putIfAbsent("first_start", "0x" + r.group(1));
            String location = r.group(2);
            die.locations.add(unclosed(location));
            die.attributes.putIfAbsent("first_location", location);
        }
    }

    private static String unclosed(String value) {
        return value.endsWith(")") ? value.substring(0, value.length() - 1) : value;
    }
}
