// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.patchoscope.differ.BaseFinder;
import org.patchoscope.differ.PatchInput;
import org.patchoscope.differ.PatchOutcome;
import org.patchoscope.differ.SeriesApplier;
import org.patchoscope.differ.SeriesStates;
import org.patchoscope.mail.series.Patch;
import org.patchoscope.mail.series.Series;

/**
 * Which patches of a series are applied, and what is said of the others.
 *
 * @param patches in the order of application
 * @param leftOut a row for each that is not applied although patches after it are
 */
record Chosen(List<Patch> patches, List<String> leftOut) {
    /** Nothing below these is built into the kernels that are reviewed. */
    private static final Pattern ELSEWHERE =
            Pattern.compile("(?:arch/(?!x86/|arm64/|Kconfig)[^/]+|Documentation|tools|samples)/.*|MAINTAINERS");

    Chosen {
        patches = List.copyOf(patches);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * Those that are here, up to the first that is missing. Where only some are wanted, a part that is missing and not wanted
     * stops none of them.
     */
    static Chosen of(Series series, IntPredicate wanted, IntPredicate skipped) {
        boolean some = series.missing().stream().anyMatch(n -> !wanted.test(n) || skipped.test(n));
        int first = series.missing().stream()
                .filter(n -> !skipped.test(n) && (!some || wanted.test(n)))
                .min(Integer::compare)
                .orElse(Integer.MAX_VALUE);
        List<Patch> patches = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        for (Patch patch : series.patches()) {
            if (skipped.test(patch.number())) {
                leftOut.add(name(patch) + ": left out, as asked");
            } else if (patch.number() < first && patch.hasDiff()) {
                patches.add(patch);
            }
        }
        int last = patches.isEmpty() ? 0 : patches.getLast().number();
        series.missing().stream()
                .filter(n -> n < last)
                .forEach(n -> leftOut.add(
                        "patch " + n + ": its mail is missing; the patches after it are applied without it"));
        return new Chosen(patches, leftOut);
    }

    /** The same without those that do not apply, are for other architectures, and whose files no later patch needs. */
    Applied apply(SeriesApplier applier, BaseFinder.Result.Base base) throws IOException {
        List<Patch> left = new ArrayList<>(patches);
        List<String> rows = new ArrayList<>(leftOut);
        while (true) {
            SeriesStates states = applier.apply(left.stream().map(Chosen::input).toList(), base);
            Optional<Patch> elsewhere = failed(states, left).filter(p -> notNeeded(p, left));
            if (elsewhere.isEmpty() || left.size() == 1) {
                return new Applied(states, left, rows);
            }
            rows.add(name(elsewhere.get()) + ": does not apply to this tree, and touches nothing that is built for the"
                    + " architectures reviewed");
            left.remove(elsewhere.get());
        }
    }

    /** What was applied, and what is said of the rest. */
    record Applied(SeriesStates states, List<Patch> patches, List<String> leftOut) {}

    static PatchInput input(Patch patch) {
        return new PatchInput(
                patch.number(), patch.title(), patch.diff(), patch.id().value());
    }

    private static Optional<Patch> failed(SeriesStates states, List<Patch> patches) {
        for (int i = 0; i < states.results().size(); i++) {
            if (states.results().get(i).outcome() instanceof PatchOutcome.Conflict) {
                return Optional.of(patches.get(i));
            }
        }
        return Optional.empty();
    }

    private static boolean notNeeded(Patch patch, List<Patch> all) {
        Set<String> paths = new HashSet<>(patch.touchedPaths());
        boolean elsewhere = !paths.isEmpty()
                && paths.stream().allMatch(p -> ELSEWHERE.matcher(p).matches());
        return elsewhere
                && all.subList(all.indexOf(patch) + 1, all.size()).stream()
                        .allMatch(later -> later.touchedPaths().stream().noneMatch(paths::contains));
    }

    private static String name(Patch patch) {
        return "patch " + patch.number() + " (" + patch.title() + ")";
    }
}
