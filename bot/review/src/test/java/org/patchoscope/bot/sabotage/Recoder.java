// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.sabotage;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.patchoscope.semantics.isa.Disassembler;

/** Other codings of an instruction, as far as they are an instruction of the same length. */
final class Recoder {
    /** What the texts of two instructions may differ in, where only registers do. */
    private static final Pattern REGISTERS = Pattern.compile("%\\w+|\\b(?:[wx](?:\\d+|zr)|sp|wsp)\\b");

    private final Disassembler disassembler;

    Recoder(Disassembler disassembler) {
        this.disassembler = disassembler;
    }

    /** The fault that codes {@code site} as {@code other}, if that is another instruction. */
    Optional<Fault> other(Site site, FaultKind kind, byte[] other) {
        Disassembler.Spelled spelled = disassembler.spelled(other, 0);
        boolean fits = spelled.length() == other.length
                && !spelled.mnemonic().equals(".byte")
                && (!spelled.text().equals(site.text()) || kind == FaultKind.SAME_CODING);
        return fits ? Optional.of(site.fault(kind, other, spelled.text())) : Optional.empty();
    }

    /** The same where nothing but registers may differ. */
    Optional<Fault> otherRegister(Site site, byte[] other) {
        return other(site, FaultKind.REGISTER, other)
                .filter(f -> shape(f.after()).equals(shape(f.before())));
    }

    private static List<String> shape(String text) {
        return List.of(REGISTERS.matcher(text).replaceAll("R"));
    }
}
