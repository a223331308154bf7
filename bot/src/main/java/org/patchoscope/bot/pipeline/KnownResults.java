// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.patchoscope.bot.pipeline.StateBuilder.Built;
import org.patchoscope.bot.review.Review.Unit;
import org.patchoscope.semantics.object.ObjectException;

/**
 * Results of one architecture by the code they were made from. A configuration in which the code is the same as in one
 * that was compared before has its result.
 */
final class KnownResults {
    private record Result(Unit unit, String configuration) {}

    private final Map<String, Result> results = new HashMap<>();

    /** The result for a patch, 0 for the whole series. */
    Unit of(int patch, ReviewPipeline.Lane lane, Built before, Built after, Supplier<Unit> compare) {
        if (before.objects().equals(after.objects())) {
            return compare.get(); // nothing is compared then, and there is nothing to save
        }
        Optional<String> code = key(patch, lane, before, after);
        Optional<Result> known = code.flatMap(key -> Optional.ofNullable(results.get(key)));
        if (known.isPresent()) {
            return again(known.get(), lane.configuration().name());
        }
        Unit unit = compare.get();
        code.ifPresent(
                key -> results.put(key, new Result(unit, lane.configuration().name())));
        return unit;
    }

    /** Empty where an object cannot be read; the comparison then says so. */
    private static Optional<String> key(int patch, ReviewPipeline.Lane lane, Built before, Built after) {
        try {
            String states =
                    lane.reviewer().codeKey(before) + " " + lane.reviewer().codeKey(after);
            // What is told beside the comparison must be the same as well.
            String told =
                    before.notes() + " " + after.notes() + " " + after.leftOut().keySet();
            return Optional.of(patch + " " + states + " " + told);
        } catch (ObjectException e) {
            return Optional.empty();
        }
    }

    private static Unit again(Result known, String configuration) {
        Unit unit = known.unit();
        List<String> notes = new ArrayList<>(unit.notes());
        notes.add("same code as in configuration " + known.configuration() + ", which has been compared");
        return new Unit(
                unit.arch(),
                configuration,
                unit.verdict(),
                unit.changedFunctions(),
                unit.roots(),
                unit.reasons(),
                unit.counts(),
                notes);
    }
}
