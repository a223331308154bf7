// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.sabotage;

import java.util.HexFormat;
import java.util.List;
import org.patchoscope.semantics.object.ObjectFile;

/**
 * A small fault in the code of an object.
 *
 * @param function whose code it is, be it an alternative's
 * @param section index of the section that holds the code
 * @param offset of the first byte that changes
 * @param code what stands there instead
 * @param relocations of these bytes from there on
 * @param before the instructions as they were
 * @param after as they are
 */
public record Fault(
        FaultKind kind,
        ObjectFile object,
        String function,
        int section,
        long offset,
        byte[] code,
        List<ObjectFile.Relocation> relocations,
        String before,
        String after) {
    public Fault {
        relocations = List.copyOf(relocations);
    }

    /** The same for the same fault in the same code. */
    public String id() {
        String name = object.sections().get(section).name();
        return object.name() + ":" + name + "+0x" + Long.toHexString(offset) + ":" + kind + ":"
                + HexFormat.of().formatHex(code);
    }
}
