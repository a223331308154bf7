// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.patchoscope.semantics.compare.match.AddedParameters;
import org.patchoscope.semantics.compare.match.Correspondence;
import org.patchoscope.semantics.environment.ResultRelation;
import org.patchoscope.semantics.environment.Supply;
import org.patchoscope.semantics.program.Program;

/** What has been found to hold between two versions of a function whose types differ; grows on the way upwards. */
final class Lemmas {
    private final Correspondence c;
    private final Map<String, ResultRelation> results = new TreeMap<>();
    private final Map<String, List<AddedParameters.Extra>> supplies = new TreeMap<>();

    Lemmas(Correspondence c) {
        this.c = c;
    }

    void result(String function, ResultRelation relation) {
        results.put(function, relation);
    }

    Optional<ResultRelation> result(String function) {
        return Optional.ofNullable(results.get(function));
    }

    /** What was found, in words, by function. */
    Map<String, String> texts() {
        Map<String, String> all = new TreeMap<>();
        results.forEach((f, r) -> all.put(
                f, "returns a truth value in one version and a number in the other; compared with: " + r.text()));
        supplies.forEach((f, extra) -> all.put(
                f,
                "is passed " + extra.stream().map(AddedParameters.Extra::name).collect(Collectors.joining(", "))
                        + " in one version and reads it in the other; equivalent where they are the same"));
        return all;
    }

    /** Assumes, until {@link #drop}, that the extra parameters are what the version without them reads. */
    void supply(String function, List<AddedParameters.Extra> extra) {
        supplies.put(function, extra);
    }

    /** Forgets whatever was assumed of the function. */
    void drop(String function) {
        results.remove(function);
        supplies.remove(function);
    }

    /** The results as {@code side} sees them, by new name. */
    Map<String, ResultRelation.Side> related(Program side) {
        return c.related(side, results);
    }

    /** The parameters as one side sees them, by new name. */
    Map<String, List<Supply>> supplied(boolean before) {
        Map<String, List<Supply>> all = new TreeMap<>();
        supplies.forEach((f, extra) ->
                all.put(f, extra.stream().map(e -> e.seenFrom(before)).toList()));
        return all;
    }
}
