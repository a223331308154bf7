// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ.diff;

import java.util.Optional;

/** The file modes that a patch may carry; submodules are not among them. */
public enum FileMode {
    REGULAR(0100644),
    EXECUTABLE(0100755),
    SYMLINK(0120000);

    private final int bits;

    FileMode(int bits) {
        this.bits = bits;
    }

    /** The number that git writes for it. */
    public int bits() {
        return bits;
    }

    /** The mode that git's number stands for; 0100664 of old trees counts as a regular file. */
    public static Optional<FileMode> ofBits(int bits) {
        return switch (bits & 0170000) {
            case 0100000 -> Optional.of((bits & 0100) != 0 ? EXECUTABLE : REGULAR);
            case 0120000 -> Optional.of(SYMLINK);
            default -> Optional.empty();
        };
    }
}
