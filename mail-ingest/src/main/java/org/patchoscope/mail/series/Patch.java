// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.series;

import java.util.Arrays;
import java.util.List;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.MessageId;
import org.patchoscope.mail.Problem;
import org.patchoscope.mail.diff.DiffPaths;

/**
 * One patch of a series. The {@code diff} array is not copied; do not write to it.
 *
 * @param number the part number, 1 for a patch that is not counted
 * @param title the subject without marks; an in-body Subject wins
 * @param author {@code Name <address>}; an in-body From wins over the header, an author behind a relay over the relay
 * @param changelog the commit message without title, in-body headers and what follows {@code ---}; trailers are kept
 * @param diff exact bytes from the first {@code diff --git} or {@code ---} to the end of the last hunk; empty when the mail
 *     holds no diff
 * @param message the mail it came in
 */
public record Patch(
        MessageId id, int number, String title, String author, String changelog, byte[] diff, Message message) {

    /** Reads the patch in a mail as if it were sent alone; its diff is empty when there is none. */
    public static Patch of(Message message) {
        return PatchReader.read(message, 1);
    }

    /** The problems of a mail and of the patch in it, without making the patch. */
    public static List<Problem> problems(Message message) {
        return List.copyOf(PatchReader.problems(message));
    }

    /**
     * The files the diff names, relative to the tree's root, both names of a rename, in order, each once. They come from
     * a stranger: whoever opens one checks it first.
     */
    public List<String> touchedPaths() {
        return DiffPaths.of(diff);
    }

    /** The trailers of the changelog, in order. */
    public List<Trailer> trailers() {
        return PatchText.trailers(changelog);
    }

    /** Whether there is anything to apply. */
    public boolean hasDiff() {
        return diff.length > 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Patch p && id.equals(p.id) && number == p.number && Arrays.equals(diff, p.diff);
    }

    @Override
    public int hashCode() {
        return 31 * id.hashCode() + number;
    }

    @Override
    public String toString() {
        return number + " " + title + " " + id;
    }
}
