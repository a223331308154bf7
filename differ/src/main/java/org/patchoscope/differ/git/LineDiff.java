// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ.git;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.diff.DiffAlgorithm;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.MyersDiff;
import org.eclipse.jgit.diff.Sequence;
import org.eclipse.jgit.diff.SequenceComparator;
import org.eclipse.jgit.merge.MergeAlgorithm;
import org.eclipse.jgit.merge.MergeChunk;
import org.eclipse.jgit.merge.MergeResult;
import org.patchoscope.differ.diff.Line;

/** Compares and merges texts by whole lines, terminators included (JGit's RawText leaves them out). */
public final class LineDiff {
    private LineDiff() {}

    /** Lines before that became lines after; both counted from 0, ends excluded. */
    public record Change(int oldFrom, int oldTo, int newFrom, int newTo) {}

    private static final class Lines extends Sequence {
        private final List<Line> lines;

        Lines(byte[] text) {
            this.lines = Line.split(text);
        }

        @Override
        public int size() {
            return lines.size();
        }
    }

    private static final class SameLine extends SequenceComparator<Lines> {
        @Override
        public boolean equals(Lines a, int ai, Lines b, int bi) {
            return a.lines.get(ai).equals(b.lines.get(bi));
        }

        @Override
        public int hash(Lines seq, int ptr) {
            return seq.lines.get(ptr).hashCode();
        }
    }

    /** What changed between two texts, told for people. */
    public static List<Change> changes(byte[] before, byte[] after) {
        return changes(new HistogramDiff(), before, after);
    }

    /** What changed between two texts, in as few lines as can be. */
    public static List<Change> fewest(byte[] before, byte[] after) {
        return changes(MyersDiff.INSTANCE, before, after);
    }

    private static List<Change> changes(DiffAlgorithm algorithm, byte[] before, byte[] after) {
        List<Change> changes = new ArrayList<>();
        for (Edit edit : algorithm.diff(new SameLine(), new Lines(before), new Lines(after))) {
            changes.add(new Change(edit.getBeginA(), edit.getEndA(), edit.getBeginB(), edit.getEndB()));
        }
        return changes;
    }

    /** Three-way merge; empty when both sides changed the same lines differently. */
    public static Optional<byte[]> merge(byte[] base, byte[] ours, byte[] theirs) {
        MergeResult<Lines> merged =
                new MergeAlgorithm().merge(new SameLine(), new Lines(base), new Lines(ours), new Lines(theirs));
        if (merged.containsConflicts()) {
            return Optional.empty();
        }
        List<Line> lines = new ArrayList<>();
        for (MergeChunk chunk : merged) {
            List<Line> from = merged.getSequences().get(chunk.getSequenceIndex()).lines;
            lines.addAll(from.subList(chunk.getBegin(), chunk.getEnd()));
        }
        return Optional.of(Line.join(lines));
    }
}
