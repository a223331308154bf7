// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.diff;

import java.util.List;
import java.util.Optional;

/**
 * A diff in a text. Offsets are bytes of that text, ends exclusive; lines end with LF alone.
 *
 * @param start of the first header line
 * @param end of the last hunk, or of all that is left of a damaged diff
 * @param files the parts of its files, in order
 * @param damage why the diff cannot be applied whole; empty for a sound one
 * @param surplus lines below a hunk that belong to it by their look, and that its header does not count
 */
public record Diff(int start, int end, List<FilePart> files, Optional<Damage> damage, Optional<Damage> surplus) {
    public Diff {
        files = List.copyOf(files);
    }

    /** Whether it must not be applied, because only a part of it could be. */
    public boolean damaged() {
        return damage.isPresent();
    }

    /**
     * The diff of one file.
     *
     * @param git whether it begins with {@code diff --git}
     * @param start of its first line
     * @param body where its header ends
     * @param end of its last hunk
     */
    public record FilePart(boolean git, int start, int body, int end, List<HunkPart> hunks) {
        public FilePart {
            hunks = List.copyOf(hunks);
        }
    }

    /**
     * One hunk.
     *
     * @param start of its header line
     * @param body of the line after that
     * @param end of its last line
     */
    public record HunkPart(HunkHeader header, int start, int body, int end) {}

    /**
     * Something wrong.
     *
     * @param line counted from 1 at the first line of the diff
     */
    public record Damage(int line, String reason) {
        @Override
        public String toString() {
            return "line " + line + " of the diff: " + reason;
        }
    }
}
