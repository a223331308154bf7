// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ.diff;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts hunks into a text by the rules of git apply: from the stated line outwards, one step down,
 * one step up; a hunk at line 1 belongs to the start of the file, one without trailing context to
 * its end; lines that an earlier hunk has written are not matched again. Unlike git, a line matches
 * only with its terminator, and a hunk without any context is placed only in the very file it was
 * made from.
 */
public final class HunkPlacer {
    private final List<Slot> image = new ArrayList<>();
    private final int minContext;
    private final boolean sameBase;

    /** A line of the text and whether a hunk wrote it. */
    private record Slot(Line line, boolean written) {}

    private HunkPlacer(byte[] text, int minContext, boolean sameBase) {
        Line.split(text).forEach(l -> image.add(new Slot(l, false)));
        this.minContext = minContext;
        this.sameBase = sameBase;
    }

    /**
     * Places all hunks, or says which one does not fit.
     *
     * @param minContext as git apply's -C: context may be ignored down to this many lines;
     *     {@link Integer#MAX_VALUE} for none
     * @param sameBase whether the text is known to be what the hunks were made from
     */
    public static Placing place(byte[] text, List<DiffHunk> hunks, int minContext, boolean sameBase) {
        HunkPlacer placer = new HunkPlacer(text, minContext, sameBase);
        List<Placed> placed = new ArrayList<>();
        for (DiffHunk hunk : hunks) {
            switch (placer.apply(hunk)) {
                case Step.Fits fits -> placed.add(fits.placed());
                case Step.No no -> {
                    return new Placing.Refused(hunk.number(), no.reason());
                }
            }
        }
        return new Placing.Done(Line.join(placer.image.stream().map(Slot::line).toList()), placed);
    }

    private sealed interface Step {
        record Fits(Placed placed) implements Step {}

        record No(String reason) implements Step {}
    }

    /** What is left of a hunk after context was taken off. */
    private record Cut(List<Line> pre, List<Line> post, int leading, int trailing, int line) {
        /** Takes from the longer end; from both when they are equally long. */
        Cut shorter() {
            boolean first = leading >= trailing;
            boolean last = trailing > (first ? leading - 1 : leading);
            int from = first ? 1 : 0;
            int off = last ? 1 : 0;
            return new Cut(
                    pre.subList(from, pre.size() - off),
                    post.subList(from, post.size() - off),
                    leading - from,
                    trailing - off,
                    line - from);
        }
    }

    private Step apply(DiffHunk hunk) {
        Cut cut = new Cut(
                hunk.preImage(),
                hunk.postImage(),
                hunk.leading(),
                hunk.trailing(),
                hunk.newStart() > 0 ? hunk.newStart() - 1 : 0);
        boolean bare = cut.leading == 0 && cut.trailing == 0;
        boolean atStart = hunk.oldStart() == 0 || (hunk.oldStart() == 1 && !(bare && sameBase));
        boolean atEnd = cut.trailing == 0 && !(bare && sameBase);
        if (bare && cut.pre.isEmpty() && hunk.oldStart() > 0 && !sameBase) {
            return new Step.No("a hunk without context can only be placed in the file it was made from");
        }
        while (true) {
            int at = find(cut, atStart, atEnd);
            if (at >= 0) {
                return fits(hunk, cut, at);
            }
            if (cut.leading <= minContext && cut.trailing <= minContext) {
                return new Step.No("the lines it expects are not in the file");
            }
            if (atStart || atEnd) {
                atStart = false;
                atEnd = false;
            } else {
                cut = cut.shorter();
            }
        }
    }

    private Step fits(DiffHunk hunk, Cut cut, int at) {
        int fuzz = hunk.leading() - cut.leading + hunk.trailing() - cut.trailing;
        if (fuzz > 0 && matchesElsewhere(cut, at)) {
            return new Step.No("with less context its lines are in more than one place");
        }
        List<Slot> written = cut.post.stream().map(line -> new Slot(line, true)).toList();
        List<Slot> range = image.subList(at, at + cut.pre.size());
        range.clear();
        image.addAll(at, written);
        // An anchored hunk starts its search at the anchor, but the reader counts from the header.
        return new Step.Fits(new Placed(hunk.number(), at + 1, at - cut.line, fuzz));
    }

    private int find(Cut cut, boolean atStart, boolean atEnd) {
        int size = image.size();
        int wanted = atStart ? 0 : atEnd ? size - cut.pre.size() : cut.line;
        // Like git's unsigned comparison: a negative line means "start at the end".
        int start = wanted < 0 || wanted > size ? size : wanted;
        if (matches(cut.pre, start, atStart, atEnd)) {
            return start;
        }
        int below = start;
        int above = start;
        while (below < size || above > 0) {
            if (below < size && matches(cut.pre, ++below, atStart, atEnd)) {
                return below;
            }
            if (above > 0 && matches(cut.pre, --above, atStart, atEnd)) {
                return above;
            }
        }
        return -1;
    }

    private boolean matches(List<Line> pre, int at, boolean atStart, boolean atEnd) {
        int end = at + pre.size();
        if (end > image.size() || (atEnd && end != image.size()) || (atStart && at != 0)) {
            return false;
        }
        for (int i = 0; i < pre.size(); i++) {
            Slot slot = image.get(at + i);
            if (slot.written || !slot.line.equals(pre.get(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean matchesElsewhere(Cut cut, int found) {
        for (int at = 0; at + cut.pre.size() <= image.size(); at++) {
            if (at != found && matches(cut.pre, at, false, false)) {
                return true;
            }
        }
        return false;
    }
}
