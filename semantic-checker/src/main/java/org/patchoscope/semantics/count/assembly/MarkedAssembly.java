// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count.assembly;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Preprocessed assembly with a mark before every statement and at both ends of every macro's body. A mark
 * adds no byte to the code: it is a record in a section of its own with the place and what is there, and the
 * records stand in the order in which the assembler works. Whether the code is still the same is for {@link
 * SameCode} to say.
 *
 * @param text the marked source
 * @param origins what the marks speak of; a mark holds an index into them
 */
public record MarkedAssembly(String text, List<Origin> origins) {
    /** The section of the marks: pairs of the address and the index times four plus the kind. */
    static final String SECTION = ".patchoscope.marks";

    static final int STATEMENT = 0;
    static final int BEGIN = 1;
    static final int END = 2;
    /** A statement that may go on in another section, so that nothing follows from where the next mark is. */
    static final int ELSEWHERE = 3;

    /** A label that no kernel source has. */
    private static final String LABEL = "98765432";

    private static final Pattern LINE_MARKER = Pattern.compile("\\s*# (\\d+) \"([^\"]*)\".*");
    private static final Pattern WORD = Pattern.compile("\\s*(?:[\\w.$\\\\@()]+:\\s*)*(\\.?[\\w]+).*", Pattern.DOTALL);
    private static final Pattern MACRO = Pattern.compile("\\s*\\.macro\\s+([^\\s,(]+).*", Pattern.DOTALL);

    private static final Set<String> SWITCHING = Set.of(
            ".section", ".pushsection", ".popsection", ".previous", ".subsection", ".text", ".data", ".bss", ".rodata");

    /** Statements that emit nothing, or whose place among others means something. */
    private static final Set<String> SILENT = Set.of(
            ".else",
            ".elseif",
            ".endif",
            ".rept",
            ".rep",
            ".irp",
            ".irpc",
            ".endr",
            ".altmacro",
            ".noaltmacro",
            ".purgem",
            ".set",
            ".equ",
            ".equiv",
            ".globl",
            ".global",
            ".local",
            ".weak",
            ".hidden",
            ".type",
            ".size",
            ".error",
            ".warning",
            ".arch_extension",
            ".code64");

    /** Statements for data. What else makes single bytes is how sources write instructions that assemblers lack. */
    private static final Set<String> DATA =
            Set.of(".quad", ".octa", ".xword", ".dword", ".ascii", ".asciz", ".string", ".single", ".double");

    private static final Set<String> PADDING = Set.of(".align", ".balign", ".p2align");

    private static final Set<String> DATA_ON_ARM64 = Set.of(".long", ".word", ".hword", ".short", ".byte");

    public MarkedAssembly {
        origins = List.copyOf(origins);
    }

    /**
     * A line of the source as its author sees it.
     *
     * @param macro the macro whose body begins or ends there; empty for a statement
     * @param data whether the statement makes data, which no instruction may be taken from
     * @param padding whether it fills space up to an aligned place, as much as there happens to be
     */
    public record Origin(String file, int line, String macro, boolean data, boolean padding) {
        /** A line that makes code, or nothing. */
        public Origin(String file, int line, String macro) {
            this(file, line, macro, false, false);
        }
    }

    /**
     * Marks preprocessed assembly.
     *
     * @param hash whether {@code #} begins a comment anywhere (x86), or only at the start of a line (arm64)
     */
    public static MarkedAssembly of(String preprocessed, boolean hash) {
        return new Marking(hash).mark(preprocessed);
    }

    private static final class Marking {
        private final boolean hash;
        private final StringBuilder out = new StringBuilder();
        private final List<Origin> origins = new ArrayList<>();
        /** Definitions that are open, by the index of their mark. */
        private final List<Integer> definitions = new ArrayList<>();

        private String file = "";
        private int line = 1;

        Marking(boolean hash) {
            this.hash = hash;
        }

        MarkedAssembly mark(String text) {
            for (String physical : text.lines().toList()) {
                Matcher marker = LINE_MARKER.matcher(physical);
                if (marker.matches()) {
                    line = Integer.parseInt(marker.group(1));
                    file = marker.group(2);
                    continue;
                }
                if (!physical.stripLeading().startsWith("#")) {
                    AssemblyStatements.of(physical, hash).forEach(this::statement);
                }
                line++;
            }
            mark(STATEMENT, add(new Origin(file, line, "")));
            return new MarkedAssembly(out.toString(), origins);
        }

        private void statement(String statement) {
            if (statement.isBlank()) {
                return;
            }
            Matcher word = WORD.matcher(statement);
            String first = word.matches() ? word.group(1) : "";
            if (first.equals(".macro")) {
                Matcher macro = MACRO.matcher(statement);
                int begin = add(new Origin(file, line, macro.matches() ? macro.group(1) : "?"));
                definitions.add(begin);
                out.append(statement).append('\n');
                mark(BEGIN, begin);
                return;
            }
            if (first.equals(".exitm") && !definitions.isEmpty()) {
                mark(END, definitions.getLast());
            } else if (first.startsWith(".endm") && !definitions.isEmpty()) {
                mark(END, definitions.removeLast());
            } else if (SWITCHING.contains(first)) {
                mark(ELSEWHERE, add(new Origin(file, line, "")));
            } else if (!first.startsWith(".if") && !first.startsWith(".cfi_") && !SILENT.contains(first)) {
                boolean data = DATA.contains(first) || !hash && DATA_ON_ARM64.contains(first);
                mark(STATEMENT, add(new Origin(file, line, "", data, PADDING.contains(first))));
            }
            out.append(statement).append('\n');
        }

        private int add(Origin origin) {
            origins.add(origin);
            return origins.size() - 1;
        }

        private void mark(int kind, int origin) {
            out.append(LABEL)
                    .append(":\n.pushsection ")
                    .append(SECTION)
                    .append(",\"\",@progbits\n.quad ")
                    .append(LABEL)
                    .append("b\n.quad ")
                    .append(4L * origin + kind)
                    .append("\n.popsection\n");
        }
    }
}
