// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.search;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.lucene.search.uhighlight.Passage;
import org.apache.lucene.search.uhighlight.PassageFormatter;
import org.patchoscope.bot.search.SearchResult.Piece;

/** Passages as pieces of text: whoever shows them escapes them, marks and all. */
final class Marks extends PassageFormatter {
    @Override
    public Object format(Passage[] passages, String content) {
        List<List<Piece>> out = new ArrayList<>();
        for (Passage passage : passages) {
            out.add(pieces(passage, content));
        }
        return out;
    }

    /** A name and its parts overlap, and come in no order: together they are one mark. */
    private static List<Piece> pieces(Passage passage, String content) {
        int begin = passage.getStartOffset();
        int end = Math.min(passage.getEndOffset(), content.length());
        BitSet marked = new BitSet();
        for (int i = 0; i < passage.getNumMatches(); i++) {
            int from = Math.max(begin, passage.getMatchStarts()[i]);
            int to = Math.min(end, passage.getMatchEnds()[i]);
            if (to > from) {
                marked.set(from, to);
            }
        }
        List<Piece> out = new ArrayList<>();
        int at = begin;
        while (at < end) {
            boolean match = marked.get(at);
            int next = match ? marked.nextClearBit(at) : marked.nextSetBit(at);
            int to = next < 0 ? end : Math.min(next, end);
            String text = content.substring(at, to);
            add(out, to == end ? text.stripTrailing() : text, match);
            at = to;
        }
        return out;
    }

    private static void add(List<Piece> out, String text, boolean match) {
        if (!text.isEmpty()) {
            out.add(new Piece(text, match));
        }
    }
}
