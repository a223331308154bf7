// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.series;

import java.util.List;
import java.util.Optional;
import org.patchoscope.mail.Message;

/**
 * Says which gatherings of one thread are pieces of one posting although their subjects differ in more than the number: a word
 * or a mark on some of them only, a cover letter that counts other parts, a part that was posted again.
 */
final class Complements {
    private final Threads threads;

    Complements(Threads threads) {
        this.threads = threads;
    }

    /** Whether two pieces of one thread are one posting. */
    boolean fit(Cluster one, Cluster other) {
        if (!one.counted() || !other.counted()) {
            return false;
        }
        return under(one, other) || under(other, one) || fills(one, other) || fills(other, one) || again(one, other);
    }

    /** A cover letter without parts, and parts without one below it: whoever sent them, whatever they count. */
    private boolean under(Cluster cover, Cluster parts) {
        return cover.coverAlone()
                && !parts.hasCover()
                && versions(cover, parts)
                && nearest(parts).filter(m -> m.equals(cover.firstMail())).isPresent();
    }

    /** Parts that another piece lacks, from the same sender. */
    private boolean fills(Cluster whole, Cluster parts) {
        if (whole.coverAlone() || parts.hasCover() || !sameSender(whole, parts) || !sameVersion(whole, parts)) {
            return false;
        }
        int total = whole.total();
        boolean wanted = parts.slots().keySet().stream()
                .allMatch(s ->
                        s.insert() == 0 && s.part() <= total && !whole.slots().containsKey(s));
        return wanted && !oneOfEach(whole, parts) && (total == parts.total() || answers(parts, whole));
    }

    /** A part for a named tree and one for none, and no cover letter: nothing says that they are of one posting. */
    private static boolean oneOfEach(Cluster one, Cluster other) {
        return one.slots().size() == 1
                && other.slots().size() == 1
                && one.prefixes().isEmpty() != other.prefixes().isEmpty();
    }

    /** The same number twice: a part that came again is newer. Two whole sets are two postings. */
    private boolean again(Cluster one, Cluster other) {
        return !(one.full() && other.full())
                && !(one.hasCover() && other.hasCover())
                && !one.disjoint(other)
                && one.total() == other.total()
                && sameSender(one, other)
                && sameVersion(one, other)
                && (answers(one, other) || answers(other, one) || sameParent(one, other));
    }

    private static boolean versions(Cluster cover, Cluster parts) {
        return cover.version() == parts.version() || !cover.versionGiven() || !parts.versionGiven();
    }

    private static boolean sameVersion(Cluster one, Cluster other) {
        return one.version() == other.version() && one.versionGiven() == other.versionGiven();
    }

    private static boolean sameSender(Cluster one, Cluster other) {
        return Cluster.sender(one.firstMail()).equals(Cluster.sender(other.firstMail()));
    }

    private boolean answers(Cluster parts, Cluster whole) {
        return nearest(parts).filter(whole.slots()::containsValue).isPresent();
    }

    private boolean sameParent(Cluster one, Cluster other) {
        Optional<Message> parent = nearest(one);
        return parent.isPresent() && parent.equals(nearest(other));
    }

    /** The nearest mail above the parts that is none of them. */
    private Optional<Message> nearest(Cluster parts) {
        List<Message> own = List.copyOf(parts.slots().values());
        return threads.ancestors(parts.slots().firstEntry().getValue()).stream()
                .filter(m -> !own.contains(m))
                .findFirst();
    }
}
