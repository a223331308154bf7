// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.patchoscope.bot.search.SearchRequest;
import org.patchoscope.bot.search.SearchRequest.Choice;
import org.patchoscope.bot.search.SearchRequest.Sort;

/** Addresses of searches near a search: the same with another page, order or value. */
record Addresses(SearchRequest request) {
    String page(int page) {
        return address("/search", request.chosen(), request.sort(), page);
    }

    String sorted(Sort sort) {
        return address("/search", request.chosen(), sort, 1);
    }

    /** With a value that is chosen taken away, or one that is not added. */
    String toggle(Choice choice) {
        List<Choice> chosen = new ArrayList<>(request.chosen());
        if (!chosen.remove(choice)) {
            chosen.add(choice);
        }
        return address("/search", chosen, request.sort(), 1);
    }

    String json() {
        return address("/search.json", request.chosen(), request.sort(), request.page());
    }

    String feed() {
        return address("/search.atom", request.chosen(), Sort.RELEVANCE, 1);
    }

    private String address(String path, List<Choice> chosen, Sort sort, int page) {
        StringBuilder out = new StringBuilder(path).append("?q=").append(Lines.encode(request.query()));
        chosen.forEach(c -> out.append("&f=").append(Lines.encode(c.facet() + ":" + c.value())));
        if (sort != Sort.RELEVANCE) {
            out.append("&sort=").append(sort.name().toLowerCase(Locale.ROOT));
        }
        if (page > 1) {
            out.append("&page=").append(page);
        }
        return out.toString();
    }
}
