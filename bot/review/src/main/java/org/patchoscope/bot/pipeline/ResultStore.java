// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.patchoscope.bot.pipeline.build.StateBuilder.Built;
import org.patchoscope.bot.pipeline.measure.StateEvents;
import org.patchoscope.bot.pipeline.wording.PatchHunk;
import org.patchoscope.bot.review.Review.Unit;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.config.EntryEvents;

/** Where results of comparisons are kept: what went into one decides what comes out. */
public interface ResultStore {
    /** Keeps nothing. */
    ResultStore NOTHING = new ResultStore() {
        @Override
        public Unit of(Question question, Supplier<Unit> compare, BooleanSupplier lasting) {
            return compare.get();
        }

        @Override
        public Optional<StateEvents> events(
                ArchProfile profile, EntryEvents table, Built state, Supplier<Optional<StateEvents>> find) {
            return find.get();
        }
    };

    /**
     * All that a result depends on, beside the program itself.
     *
     * @param manner what was compared
     * @param base both states in the base configuration, whose result may be taken; empty for that itself
     */
    record Question(
            ArchProfile profile,
            String configuration,
            Built before,
            Built after,
            Set<String> touched,
            List<PatchHunk> hunks,
            UnitReviewer.Manner manner,
            List<Built> base) {
        public Question {
            base = List.copyOf(base);
            touched = Set.copyOf(touched);
            hunks = List.copyOf(hunks);
        }
    }

    /** What was kept of the events of a state, or what {@code find} finds, which is kept if it is something. */
    Optional<StateEvents> events(
            ArchProfile profile, EntryEvents table, Built state, Supplier<Optional<StateEvents>> find);

    /**
     * The kept answer to {@code question}, or what {@code compare} finds.
     *
     * @param lasting asked when it has been found: whether another run would find the same, so that it is kept
     */
    Unit of(Question question, Supplier<Unit> compare, BooleanSupplier lasting);
}
