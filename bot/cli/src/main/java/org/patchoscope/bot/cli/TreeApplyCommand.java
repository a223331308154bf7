// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.patchoscope.bot.cli.options.CommonOptions;
import org.patchoscope.bot.cli.options.MailStoreOptions;
import org.patchoscope.bot.pipeline.ReviewException;
import org.patchoscope.differ.ApplyOptions;
import org.patchoscope.differ.PatchInput;
import org.patchoscope.differ.PatchOutcome;
import org.patchoscope.differ.Placement;
import org.patchoscope.differ.SeriesApplier;
import org.patchoscope.differ.SeriesStates;
import org.patchoscope.differ.TreeRef;
import org.patchoscope.differ.TreeStore;
import org.patchoscope.mail.mbox.MailInputException;
import org.patchoscope.mail.series.Patch;
import org.patchoscope.mail.series.Series;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code patchoscope tree apply}: whether series apply to where a tree stands, and what they make of it. */
@Command(
        name = "apply",
        description =
                "Apply series to where a tree stands, in memory; print git's id of the tree after the last patch.")
final class TreeApplyCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private MailStoreOptions mail = new MailStoreOptions();

    @Option(names = "--exact", description = "Refuse what git apply refuses: no three-way merge, no context ignored.")
    private boolean exact;

    @Parameters(index = "0", paramLabel = "NAME", description = "A registered tree.")
    private String name = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "SERIES",
            description = "Files, or Message-IDs of the mail store; of each the newest version.")
    private List<String> inputs = List.of();

    @Override
    public Integer call() throws IOException, ReviewException {
        TreeStore store = new TreeStore(common.workspace().trees());
        TreeRef tree = store.find(name)
                .orElseThrow(() -> new ReviewException("there is no such tree", name, "see: patchoscope tree list"));
        SeriesSource source = new SeriesSource(mail.location());
        int status = 0;
        for (String input : inputs) {
            Outcome outcome = outcome(source, input, store, tree);
            outcome.placements().forEach(p -> common.workspace().say(input + ": " + p));
            System.out.println(
                    input + " " + (outcome.refused().isEmpty() ? outcome.treeId() : "- " + outcome.refused()));
            status = outcome.refused().isEmpty() ? status : 1;
        }
        return status;
    }

    /**
     * @param refused why the series does not apply, or empty
     * @param placements where something was needed that git apply does not do
     */
    private record Outcome(String treeId, String refused, List<String> placements) {
        static Outcome refused(String why) {
            return new Outcome("", why, List.of());
        }
    }

    private Outcome outcome(SeriesSource source, String input, TreeStore store, TreeRef tree)
            throws IOException, ReviewException {
        try {
            Series series = source.find(input).meant();
            if (!series.isComplete()) {
                return Outcome.refused("parts are missing: " + series.missing());
            }
            Optional<Patch> empty =
                    series.patches().stream().filter(p -> !p.hasDiff()).findFirst();
            if (empty.isPresent()) {
                return Outcome.refused("patch " + empty.get().number() + ": there is no diff in its mail");
            }
            SeriesStates states = apply(series, store, tree);
            return new Outcome(last(states), refused(states), placements(states));
        } catch (MailInputException e) {
            return Outcome.refused(String.valueOf(e.getMessage()));
        }
    }

    private static List<String> placements(SeriesStates states) {
        List<String> words = new ArrayList<>();
        for (SeriesStates.Result result : states.results()) {
            if (result.outcome() instanceof PatchOutcome.Applied applied) {
                Placement.remarkable(applied.notes())
                        .forEach(n -> words.add("patch " + result.patch().number() + ": " + n.words()));
            }
        }
        return words;
    }

    private SeriesStates apply(Series series, TreeStore store, TreeRef tree) throws IOException {
        List<PatchInput> patches = series.patches().stream()
                .map(p -> new PatchInput(p.number(), p.title(), p.diff(), p.id().value()))
                .toList();
        return new SeriesApplier(store, exact ? ApplyOptions.exact() : ApplyOptions.standard())
                .apply(patches, tree, "HEAD");
    }

    private static String last(SeriesStates states) {
        return states.results().stream()
                .map(SeriesStates.Result::outcome)
                .<String>mapMulti((outcome, next) -> {
                    if (outcome instanceof PatchOutcome.Applied applied) {
                        next.accept(applied.state().treeId());
                    }
                })
                .reduce((earlier, later) -> later)
                .orElse(states.base().treeId());
    }

    /** The first patch that does not apply, and why. */
    private static String refused(SeriesStates states) {
        for (SeriesStates.Result result : states.results()) {
            String why = switch (result.outcome()) {
                case PatchOutcome.Applied applied -> "";
                case PatchOutcome.Conflict c -> c.file() + ", hunk " + c.hunk() + ": " + c.reason();
                case PatchOutcome.Malformed m -> m.reason();
                case PatchOutcome.Unsupported u -> u.file() + ": " + u.reason();
                case PatchOutcome.NotTried n -> "not tried after patch " + n.failed();
            };
            if (!why.isEmpty()) {
                return "patch " + result.patch().number() + ": " + why;
            }
        }
        return "";
    }
}
