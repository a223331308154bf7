// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.patchoscope.bot.pipeline.wording.PatchHunk;
import org.patchoscope.differ.BaseFinder;
import org.patchoscope.differ.FileState;
import org.patchoscope.differ.PatchInput;
import org.patchoscope.differ.PatchOutcome;
import org.patchoscope.differ.Placement;
import org.patchoscope.differ.RangeReader;
import org.patchoscope.differ.SeriesApplier;
import org.patchoscope.differ.SeriesStates;
import org.patchoscope.differ.TreeRef;
import org.patchoscope.differ.TreeState;
import org.patchoscope.differ.TreeStore;
import org.patchoscope.mail.series.BaseHint;
import org.patchoscope.mail.series.Patch;
import org.patchoscope.mail.series.Series;
import org.patchoscope.semantics.kernel.SourceState;

/** Makes a {@link ReviewJob} of a mailed series or of a range of commits. */
public final class JobMaker {
    private static final int LONGEST_HUNK = 400;

    private final TreeStore store;

    public JobMaker(TreeStore store) {
        this.store = store;
    }

    /** A series from mail, applied to {@code tree}; {@code base} is a revision, or null to look for one. */
    public ReviewJob ofSeries(Series series, TreeRef tree, @Nullable String base) throws ReviewException, IOException {
        return ofSeries(series, tree, base, n -> true);
    }

    /** The same where only the patches whose number is {@code wanted} are to be reviewed. */
    public ReviewJob ofSeries(Series series, TreeRef tree, @Nullable String base, IntPredicate wanted)
            throws ReviewException, IOException {
        return ofSeries(series, tree, base, wanted, n -> false);
    }

    /**
     * The same without the patches whose number is {@code skipped}. Parts that are missing and not wanted, or skipped, need not
     * be there; a patch for other architectures alone that does not apply is left out.
     */
    public ReviewJob ofSeries(
            Series series, TreeRef tree, @Nullable String base, IntPredicate wanted, IntPredicate skipped)
            throws ReviewException, IOException {
        boolean lacking = series.missing().stream().anyMatch(n -> wanted.test(n) && !skipped.test(n));
        if (lacking) {
            throw incomplete(series);
        }
        Chosen chosen = Chosen.of(series, wanted, skipped);
        if (chosen.patches().stream().noneMatch(p -> wanted.test(p.number()))) {
            throw new ReviewException(
                    "none of the patches asked for is in the series",
                    series.title(),
                    "it has "
                            + series.patches().stream()
                                    .map(p -> String.valueOf(p.number()))
                                    .toList());
        }
        String trailer = series.base() instanceof BaseHint.Commit c ? c.id() : null;
        BaseFinder.Result.Base found =
                base(chosen.patches().stream().map(Chosen::input).toList(), tree, base, trailer);
        Chosen.Applied applied = chosen.apply(new SeriesApplier(store), found);
        ReviewJob job = job(
                title(series),
                series.version(),
                series.author(),
                found.tree(),
                found.commit(),
                applied.states(),
                applied.patches().stream().map(Patch::changelog).toList());
        for (String row : applied.leftOut()) {
            job = job.with(row);
        }
        int last = chosen.patches().getLast().number();
        var after = series.missing().stream().filter(n -> n > last).min(Integer::compare);
        return after.isEmpty()
                ? job
                : job.with("patches from " + after.get() + " on: part " + after.get() + " is missing")
                        .before(left(job, series, after.get()));
    }

    private static ReviewException incomplete(Series series) {
        int end = series.missing().stream().min(Integer::compare).orElse(1);
        return new ReviewException(
                ReviewException.Kind.INCOMPLETE_SERIES,
                "the series is not complete: part " + series.missing() + " of " + series.total() + " is missing",
                series.title(),
                "add the missing mail to the mbox"
                        + (end > 1 ? ", or review --only 1-" + (end - 1) : ", or --skip it"));
    }

    /** What does not apply, what comes after a part that is missing, and that part itself. */
    private static List<ReviewJob.Left> left(ReviewJob job, Series series, int end) {
        List<ReviewJob.Left> out = new ArrayList<>(job.left());
        Map<Integer, Patch> there =
                series.patches().stream().collect(Collectors.toMap(Patch::number, p -> p, (p, _) -> p));
        for (int n = end; n <= series.total(); n++) {
            Patch patch = there.get(n);
            out.add(new ReviewJob.Left(
                    n,
                    patch == null ? "(its mail is missing)" : patch.title(),
                    patch == null ? "" : patch.id().value(),
                    patch == null
                            ? "its mail is missing"
                            : "the mail of patch " + end + ", which comes before it, is missing"));
        }
        return out;
    }

    /** Without a cover letter the first patch names the series, but is not all of it. */
    private static String title(Series series) {
        int more = series.total() - 1;
        return !series.cover().isEmpty() || more < 1
                ? series.title()
                : series.title() + ", and " + more + (more == 1 ? " more patch" : " more patches");
    }

    /** Commits {@code A..B} of {@code tree}. */
    public ReviewJob ofRange(TreeRef tree, String range) throws ReviewException, IOException {
        return switch (new RangeReader().read(tree, range)) {
            case RangeReader.Result.Refused r -> throw new ReviewException(r.reason(), range, advice(r.kind()));
            case RangeReader.Result.Range r -> {
                SeriesStates states = new SeriesApplier(store).apply(r.patches(), tree, r.baseCommit());
                List<String> logs =
                        r.entries().stream().map(e -> e.commit().body()).toList();
                var last = r.entries().getLast().commit();
                String author = last.authorName() + " <" + last.authorEmail() + ">";
                yield job(range, 1, author, tree, r.baseCommit(), states, logs);
            }
        };
    }

    private static String advice(RangeReader.Result.Refused.Kind kind) {
        return switch (kind) {
            case NO_RANGE -> "write A..B, with commits of the tree";
            case NO_COMMIT -> "name commits of the tree, or give another one with --tree";
            case EMPTY -> "name the older commit first: A..B is what B has and A has not";
            case TOO_LONG -> "give a range that is one series";
            case NOT_LINEAR -> "give a range A..B of a linear history";
        };
    }

    private BaseFinder.Result.Base base(
            List<PatchInput> inputs, TreeRef tree, @Nullable String given, @Nullable String trailer)
            throws ReviewException, IOException {
        var request = new BaseFinder.Request(List.of(tree), inputs, given, trailer);
        return switch (new BaseFinder(store).find(request)) {
            case BaseFinder.Result.Base b -> b;
            case BaseFinder.Result.NotFound n -> {
                List<String> tried = n.attempts().stream()
                        .map(a -> a.how() + " " + a.revision() + ": " + a.reason())
                        .toList();
                throw new ReviewException(
                        ReviewException.Kind.NO_BASE,
                        "no base was found for the series",
                        String.join("; ", tried),
                        "name one with --base");
            }
        };
    }

    private ReviewJob job(
            String title,
            int version,
            String author,
            TreeRef tree,
            String commit,
            SeriesStates applied,
            List<String> changelogs)
            throws ReviewException, IOException {
        Path baseDir = store.checkout(tree, commit);
        List<SourceState> states = new ArrayList<>();
        states.add(SourceState.base(baseDir, commit));
        List<ReviewJob.Part> parts = new ArrayList<>();
        SortedSet<String> touched = new TreeSet<>();
        List<ReviewJob.Left> left = List.of();
        for (int i = 0; i < applied.results().size(); i++) {
            SeriesStates.Result r = applied.results().get(i);
            if (i > 0 && !(r.outcome() instanceof PatchOutcome.Applied)) {
                left = notApplied(applied.results().subList(i, applied.results().size()));
                break;
            }
            PatchOutcome.Applied a = appliedOrThrow(r);
            states.add(state(baseDir, commit, a.state()));
            List<String> files =
                    a.footprint().files().stream().map(f -> f.path()).toList();
            touched.addAll(files);
            parts.add(new ReviewJob.Part(
                    r.patch().number(),
                    r.patch().title(),
                    r.patch().id(),
                    changelogs.get(i),
                    files,
                    notes(a),
                    hunks(a)));
        }
        String name = tree.name() + " (" + commit.substring(0, Math.min(12, commit.length())) + ")";
        return new ReviewJob(title, version, author, name, states, parts, touched, List.of()).before(left);
    }

    /** Patches of which the first does not apply, so that the others were not tried. */
    private static List<ReviewJob.Left> notApplied(List<SeriesStates.Result> results) {
        int failed = results.getFirst().patch().number();
        List<ReviewJob.Left> out = new ArrayList<>();
        for (SeriesStates.Result r : results) {
            String why = r.patch().number() == failed
                    ? obstacle(r)
                    : "patch " + failed + ", which comes before it, does not apply";
            out.add(new ReviewJob.Left(
                    r.patch().number(), r.patch().title(), r.patch().id(), why));
        }
        return out;
    }

    private static String obstacle(SeriesStates.Result failed) {
        return switch (failed.outcome()) {
            case PatchOutcome.Applied _ -> "";
            case PatchOutcome.Conflict c -> "it does not apply: " + c.file() + ", hunk " + c.hunk() + ": " + c.reason();
            case PatchOutcome.Malformed m -> "it is broken: " + m.reason();
            case PatchOutcome.Unsupported u -> u.reason();
            case PatchOutcome.NotTried n -> "patch " + n.failed() + ", which comes before it, does not apply";
        };
    }

    private static List<String> notes(PatchOutcome.Applied a) {
        return Placement.remarkable(a.notes()).stream().map(Placement::words).toList();
    }

    private static List<PatchHunk> hunks(PatchOutcome.Applied a) {
        return a.footprint().hunks().stream()
                .filter(h -> h.path().endsWith(".c")
                        || h.path().endsWith(".S")
                        || h.path().endsWith(".h"))
                .map(h -> PatchHunk.of(
                        h.path(), h.text().lines().limit(LONGEST_HUNK).toList(), lines(a.state(), h.path())))
                .toList();
    }

    private static List<String> lines(TreeState state, String path) {
        return state.changed().get(path) instanceof FileState.Present p
                ? new String(p.content(), StandardCharsets.ISO_8859_1).lines().toList()
                : List.of();
    }

    private static SourceState state(Path baseDir, String commit, TreeState tree) {
        SortedMap<String, byte[]> replaced = new TreeMap<>();
        SortedSet<String> deleted = new TreeSet<>();
        tree.changed().forEach((path, file) -> {
            switch (file) {
                case FileState.Present p -> replaced.put(path, p.content());
                case FileState.Deleted d -> deleted.add(path);
            }
        });
        return new SourceState(baseDir, commit, replaced, deleted);
    }

    private static PatchOutcome.Applied appliedOrThrow(SeriesStates.Result r) throws ReviewException {
        String patch = "patch " + r.patch().number() + " (" + r.patch().title() + ")";
        return switch (r.outcome()) {
            case PatchOutcome.Applied a -> a;
            case PatchOutcome.Conflict c ->
                throw new ReviewException(
                        ReviewException.Kind.DOES_NOT_APPLY,
                        patch + " does not apply: " + c.file() + ", hunk " + c.hunk() + ": " + c.reason(),
                        c.file(),
                        "give the tree or --base it was made for");
            case PatchOutcome.Malformed m ->
                throw new ReviewException(
                        ReviewException.Kind.DOES_NOT_APPLY,
                        patch + " is broken: " + m.reason(),
                        patch,
                        "ask for an unbroken copy");
            case PatchOutcome.Unsupported u ->
                throw new ReviewException(
                        ReviewException.Kind.DOES_NOT_APPLY,
                        patch + ": " + u.reason(),
                        u.file(),
                        "leave this patch out");
            case PatchOutcome.NotTried n ->
                throw new ReviewException(
                        ReviewException.Kind.DOES_NOT_APPLY,
                        patch + " was not tried: patch " + n.failed() + " failed",
                        patch,
                        "see there");
        };
    }
}
