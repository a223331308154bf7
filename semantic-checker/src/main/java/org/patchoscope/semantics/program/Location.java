// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.program;

import org.patchoscope.semantics.object.ObjectFile;

/** A place in the code of a program. */
public record Location(ObjectFile object, int section, long offset) {
    /** The place as "function+0x12". */
    @Override
    public String toString() {
        return object.functionAt(section, offset)
                .map(f -> f.name() + "+0x" + Long.toHexString(offset - f.offset()))
                .orElse(object.name() + ":" + object.sections().get(section).name() + "+0x" + Long.toHexString(offset));
    }

    public Location at(long other) {
        return new Location(object, section, other);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Location l && l.object == object && l.section == section && l.offset == offset;
    }

    @Override
    public int hashCode() {
        return object.name().hashCode() * 31 + section * 17 + Long.hashCode(offset);
    }
}
