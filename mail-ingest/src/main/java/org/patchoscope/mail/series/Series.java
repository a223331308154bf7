// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.series;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.MessageId;

/**
 * One version of a patch series, complete or not.
 *
 * @param title the cover letter's, else the first patch's
 * @param version 1 when none is written
 * @param total how many parts the subjects promise; 1 for a single patch
 * @param cover the cover letter, or nothing
 * @param patches the patches that came, in order of application; extra parts (16/15, 3.5/5) in their place
 * @param missing numbers of the parts that did not come, ascending
 * @param prefixes other words in the subject brackets, lower case, sorted (net-next, 6.18)
 * @param author who sent it, {@code Name <address>}
 * @param root the cover letter, else the first patch that came
 * @param lists the lists it came through, sorted
 * @param resent whether any of its mails is marked as sent again
 * @param replaced mails whose part was posted again under its number, by number; they are not among the patches
 * @param notes what was odd about it and how it was read, for people
 */
public record Series(
        String title,
        int version,
        boolean rfc,
        int total,
        List<Message> cover,
        List<Patch> patches,
        List<Integer> missing,
        List<String> prefixes,
        String author,
        BaseHint base,
        MessageId root,
        List<String> lists,
        boolean resent,
        List<Message> replaced,
        List<String> notes) {

    public Series {
        cover = List.copyOf(cover);
        patches = List.copyOf(patches);
        missing = List.copyOf(missing);
        prefixes = List.copyOf(prefixes);
        lists = List.copyOf(lists);
        replaced = List.copyOf(replaced);
        notes = List.copyOf(notes);
    }

    /** Whether every promised part is here. */
    public boolean isComplete() {
        return missing.isEmpty();
    }

    /** Cover letter and patch mails in order, each once. */
    public List<Message> messages() {
        return Stream.concat(cover.stream(), patches.stream().map(Patch::message))
                .distinct()
                .toList();
    }

    /** The Date of the root mail. */
    public Instant date() {
        return messages().getFirst().date();
    }
}
