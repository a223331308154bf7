// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ.diff;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts hunks into a text by the rules of GNU patch, for those that git refuses: at first all context has to match, then up
 * to two lines of it at either end are ignored. Where one end has less context than the other, what is ignored is counted from the
 * longer one. A hunk with less context before than after, from the first line on, belongs to the start of the file; one with less after
 * than before to its end. Hunks keep their order, and each is looked for from where the one before it was off.
 */
public final class FuzzyPlacer {
    /** Lines of context that GNU patch ignores when it is not told otherwise. */
    public static final int FUZZ = 2;

    private final List<Line> input;
    private final List<Line> output = new ArrayList<>();
    private final int mostFuzz;
    /** Lines of the input that are written already. */
    private int frozen;

    private int drift;

    private FuzzyPlacer(byte[] text, int mostFuzz) {
        input = Line.split(text);
        this.mostFuzz = mostFuzz;
    }

    /**
     * Places all hunks, or says which one does not fit.
     *
     * @param mostFuzz lines of context that may be ignored at either end
     */
    public static Placing place(byte[] text, List<DiffHunk> hunks, int mostFuzz) {
        FuzzyPlacer placer = new FuzzyPlacer(text, mostFuzz);
        List<Placed> placed = new ArrayList<>();
        for (DiffHunk hunk : hunks) {
            int fuzz = placer.apply(hunk, placed);
            if (fuzz < 0) {
                return new Placing.Refused(hunk.number(), "the lines it expects are not in the file");
            }
        }
        placer.copyTo(placer.input.size());
        return new Placing.Done(Line.join(placer.output), placed);
    }

    private int apply(DiffHunk hunk, List<Placed> placed) {
        int context = Math.max(hunk.leading(), hunk.trailing());
        for (int fuzz = 0; fuzz <= Math.min(mostFuzz, context); fuzz++) {
            int at = find(hunk, fuzz, context);
            if (at > 0) {
                int first = output.size() + at - frozen;
                write(hunk, at);
                drift = at - first(hunk);
                placed.add(new Placed(hunk.number(), first, drift, fuzz));
                return fuzz;
            }
        }
        return -1;
    }

    /** The first line of the lines it expects; after the stated one where it expects none. */
    private static int first(DiffHunk hunk) {
        return hunk.oldStart() + (hunk.oldCount() == 0 ? 1 : 0);
    }

    /** The line, from 1, at which the hunk fits, or 0. */
    private int find(DiffHunk hunk, int fuzz, int context) {
        List<Line> pattern = hunk.preImage();
        int guess = first(hunk) + drift;
        if (pattern.isEmpty()) {
            return guess > frozen && guess <= input.size() + 1 ? guess : 0;
        }
        int before = fuzz + hunk.leading() - context;
        int after = fuzz + hunk.trailing() - context;
        int last = input.size() - (pattern.size() - Math.max(after, 0)) + 1;
        if (before < 0 && first(hunk) <= 1) {
            boolean whole = after >= 0 || pattern.size() == input.size();
            return whole && frozen <= hunk.leading() && last >= 1 && matches(pattern, 1, 0, Math.max(after, 0)) ? 1 : 0;
        }
        int skipped = Math.max(before, 0);
        if (after < 0) {
            int only = input.size() - pattern.size() + 1;
            return only > frozen && matches(pattern, only, skipped, 0) ? only : 0;
        }
        int farthest = Math.max(last - guess, guess - 1);
        for (int off = 0; off <= farthest; off++) {
            if (guess + off <= last && guess + off > frozen && matches(pattern, guess + off, skipped, after)) {
                return guess + off;
            }
            if (guess - off > frozen && guess - off <= last && matches(pattern, guess - off, skipped, after)) {
                return guess - off;
            }
        }
        return 0;
    }

    private boolean matches(List<Line> pattern, int at, int before, int after) {
        for (int i = before; i < pattern.size() - after; i++) {
            int line = at - 1 + i;
            if (line < 0 || line >= input.size() || !input.get(line).equals(pattern.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Lines of context stay as the file has them. */
    private void write(DiffHunk hunk, int at) {
        int consumed = 0;
        for (HunkLine line : hunk.lines()) {
            switch (line.kind()) {
                case CONTEXT -> consumed++;
                case REMOVED -> {
                    copyTo(at + consumed - 1);
                    frozen++;
                    consumed++;
                }
                case ADDED -> {
                    copyTo(at + consumed - 1);
                    output.add(line.line());
                }
            }
        }
    }

    private void copyTo(int line) {
        while (frozen < line) {
            output.add(input.get(frozen++));
        }
    }
}
