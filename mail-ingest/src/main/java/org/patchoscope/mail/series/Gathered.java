// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.series;

import java.util.List;

/**
 * A heap of mail with its series gathered but not yet linked to topics.
 *
 * @param series every posting in a fixed order, with what links it to others
 * @param suggestions diffs in replies
 * @param unassembled all other mail, each with a reason
 */
public record Gathered(List<Posting> series, List<Suggestion> suggestions, List<Unassembled> unassembled) {
    public Gathered {
        series = List.copyOf(series);
        suggestions = List.copyOf(suggestions);
        unassembled = List.copyOf(unassembled);
    }

    /** A series and what links it to others. */
    public record Posting(Series series, TopicTraits traits) {}
}
