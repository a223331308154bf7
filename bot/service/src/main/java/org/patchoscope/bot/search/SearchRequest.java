// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.search;

import java.util.List;

/**
 * A search.
 *
 * @param query as typed
 * @param chosen facet values that were clicked
 * @param page from 1
 */
public record SearchRequest(String query, List<Choice> chosen, Sort sort, int page) {
    static final int PAGE = 20;
    /** Nobody reads further, and every page costs as much as all before it. */
    static final int LAST_PAGE = 50;

    /** Makes a request; what is out of bounds is brought into them. */
    public SearchRequest {
        chosen = List.copyOf(chosen);
        page = Math.clamp(page, 1, LAST_PAGE);
    }

    /** A facet and one of its values. */
    public record Choice(String facet, String value) {}

    /** What comes first. */
    public enum Sort {
        RELEVANCE,
        DATE
    }
}
