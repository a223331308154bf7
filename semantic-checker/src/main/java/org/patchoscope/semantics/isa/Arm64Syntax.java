// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The assembler text of AArch64. */
final class Arm64Syntax implements OperandSyntax {
    private static final Pattern REGISTER = Pattern.compile("[wxbhsdq]([0-9]|[12][0-9]|30|31)|w?sp|[wx]zr");
    private static final Set<String> CONDITIONS = Set.of(
            "eq", "ne", "hs", "cs", "lo", "cc", "mi", "pl", "vs", "vc", "hi", "ls", "ge", "lt", "gt", "le", "al", "nv");
    private static final Set<String> MODIFIERS =
            Set.of("lsl", "lsr", "asr", "ror", "msl", "uxtb", "uxth", "uxtw", "uxtx", "sxtb", "sxth", "sxtw", "sxtx");

    @Override
    public String comment() {
        return "//";
    }

    @Override
    public Operand operand(String mnemonic, String text) {
        if (text.startsWith("#")) {
            Long value = OperandSyntax.number(text.substring(1));
            return value == null ? new Operand.Word(text) : new Operand.Immediate(value);
        }
        if (text.startsWith("[")) {
            Operand memory = memory(text);
            return memory == null ? new Operand.Word(text) : memory;
        }
        if (REGISTER.matcher(text).matches()) {
            return new Operand.Register(text);
        }
        Operand.Modifier modifier = modifier(text);
        if (modifier != null) {
            return modifier;
        }
        if (CONDITIONS.contains(text)) {
            return new Operand.Condition(text);
        }
        return mnemonic.equals("mrs") || mnemonic.equals("msr")
                ? new Operand.SystemRegister(text.toUpperCase(Locale.ROOT))
                : new Operand.Word(text);
    }

    private static Operand.@Nullable Modifier modifier(String text) {
        int space = text.indexOf(' ');
        String kind = space < 0 ? text : text.substring(0, space);
        if (!MODIFIERS.contains(kind)) {
            return null;
        }
        Long amount = space < 0 ? Long.valueOf(0) : OperandSyntax.number(text.substring(space + 2));
        return amount == null ? null : new Operand.Modifier(kind, amount.intValue());
    }

    private static @Nullable Operand memory(String text) {
        boolean writeBack = text.endsWith("!");
        int end = text.length() - (writeBack ? 2 : 1);
        List<String> parts = OperandSyntax.split(text.substring(1, end));
        String base = parts.get(0);
        if (!REGISTER.matcher(base).matches() || parts.size() > 3) {
            return null;
        }
        String index = null;
        Operand.Modifier modifier = null;
        long displacement = 0;
        if (parts.size() > 1) {
            String second = parts.get(1);
            Long number = second.startsWith("#") ? OperandSyntax.number(second.substring(1)) : null;
            if (number != null) {
                displacement = number;
            } else if (REGISTER.matcher(second).matches()) {
                index = second;
            } else {
                return null;
            }
        }
        if (parts.size() == 3) {
            modifier = modifier(parts.get(2));
            if (modifier == null || index == null) {
                return null;
            }
        }
        return new Operand.Memory(0, null, base, index, modifier, 1, displacement, writeBack);
    }
}
