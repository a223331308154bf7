// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The assembler text of x86-64 in Intel syntax. */
final class IntelSyntax implements OperandSyntax {
    private static final Map<String, Integer> SIZES = Map.of(
            "byte", 8, "word", 16, "dword", 32, "qword", 64, "fword", 48, "tbyte", 80, "xmmword", 128, "ymmword", 256,
            "zmmword", 512);

    private static final Set<String> PREFIXES = Set.of(
            "lock",
            "rep",
            "repe",
            "repz",
            "repne",
            "repnz",
            "data16",
            "addr32",
            "notrack",
            "rex64",
            "cs",
            "ds",
            "es",
            "ss",
            "fs",
            "gs",
            "xacquire",
            "xrelease");

    @Override
    public Set<String> prefixes() {
        return PREFIXES;
    }

    @Override
    public String comment() {
        return "#";
    }

    @Override
    public Operand operand(String mnemonic, String text) {
        Long number = OperandSyntax.number(text);
        if (number != null) {
            return new Operand.Immediate(number);
        }
        if (text.endsWith("]")) {
            Operand memory = memory(text);
            return memory == null ? new Operand.Word(text) : memory;
        }
        int colon = text.indexOf(':');
        if (colon >= 0 || text.indexOf(' ') >= 0 || text.isEmpty()) {
            return new Operand.Word(text);
        }
        return new Operand.Register(text);
    }

    private static @Nullable Operand memory(String text) {
        int open = text.indexOf('[');
        String before = text.substring(0, open).strip();
        int size = 0;
        int ptr = before.indexOf(" ptr");
        if (ptr >= 0) {
            size = SIZES.getOrDefault(before.substring(0, ptr), 0);
            before = before.substring(ptr + 4).strip();
        }
        String segment = before.endsWith(":") ? before.substring(0, before.length() - 1) : null;
        if (segment == null && !before.isEmpty()) {
            return null;
        }
        String base = null;
        String index = null;
        int scale = 1;
        long displacement = 0;
        // "rax + 4*rbx - 0x10": the sign belongs to the number that follows it.
        for (String part : text.substring(open + 1, text.length() - 1)
                .replace(" - ", " + -")
                .split(" \\+ ", -1)) {
            Long number = OperandSyntax.number(part);
            int star = part.indexOf('*');
            if (number != null) {
                displacement += number;
            } else if (star > 0) {
                scale = Integer.parseInt(part.substring(0, star));
                index = part.substring(star + 1);
            } else if (base == null) {
                base = part;
            } else {
                index = part;
            }
        }
        return new Operand.Memory(size, segment, base, index, null, scale, displacement, false);
    }
}
