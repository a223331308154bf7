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
    private final boolean sameBase;

    /** A line of the text and whether a hunk wrote it. */
    private record Slot(Line line, boolean written) {}

    private HunkPlacer(byte[] text, boolean sameBase) {
        Line.split(text).forEach(l -> image.add(new Slot(l, false)));
        this.sameBase = sameBase;
    }

    /**
     * Places all hunks, or says which one does not fit.
     *
     * @param sameBase whether the text is known to be what the hunks were made from
     */
    public static Placing place(byte[] text, List<DiffHunk> hunks, boolean sameBase) {
        HunkPlacer placer = new HunkPlacer(text, sameBase);
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

    private Step apply(DiffHunk hunk) {
        List<Line> pre = hunk.preImage();
        int line = hunk.newStart() > 0 ? hunk.newStart() - 1 : 0;
        boolean bare = hunk.leading() == 0 && hunk.trailing() == 0;
        boolean atStart = hunk.oldStart() == 0 || (hunk.oldStart() == 1 && !(bare && sameBase));
        boolean atEnd = hunk.trailing() == 0 && !(bare && sameBase);
        if (bare && pre.isEmpty() && hunk.oldStart() > 0 && !sameBase) {
            return new Step.No("a hunk without context can only be placed in the file it was made from");
        }
        int at = find(pre, line, atStart, atEnd);
        return at < 0 ? new Step.No("the lines it expects are not in the file") : fits(hunk, pre, line, at);
    }

    private Step fits(DiffHunk hunk, List<Line> pre, int stated, int at) {
        List<Slot> written =
                hunk.postImage().stream().map(line -> new Slot(line, true)).toList();
        List<Slot> range = image.subList(at, at + pre.size());
        range.clear();
        image.addAll(at, written);
        // An anchored hunk starts its search at the anchor, but the reader counts from the header.
        return new Step.Fits(new Placed(hunk.number(), at + 1, at - stated, 0));
    }

    private int find(List<Line> pre, int line, boolean atStart, boolean atEnd) {
        int size = image.size();
        int wanted = atStart ? 0 : atEnd ? size - pre.size() : line;
        // Like git's unsigned comparison: a negative line means "start at the end".
        int start = wanted < 0 || wanted > size ? size : wanted;
        if (matches(pre, start, atStart, atEnd)) {
            return start;
        }
        int below = start;
        int above = start;
        while (below < size || above > 0) {
            if (below < size && matches(pre, ++below, atStart, atEnd)) {
                return below;
            }
            if (above > 0 && matches(pre, --above, atStart, atEnd)) {
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
}
