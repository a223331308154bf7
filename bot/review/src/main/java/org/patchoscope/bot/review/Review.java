// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.review;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A review of a series.
 *
 * @param title of the series, from the cover letter or the only patch
 * @param version of the series, 1 for the first
 * @param author name and address
 * @param base what it was applied to: name of the tree and commit
 * @param tool name and version of Patchoscope and of the compiler
 * @param architectures reviewed, in Kbuild's names
 * @param configurations reviewed, the first is the base configuration
 * @param patches in order; those left out by the user are missing
 * @param whole base against last patch, or an empty list where that was not done
 * @param environment what the results lean on: assumptions and frame conditions used, loop bound
 * @param limits what was not looked at, for people
 * @param beside the architectures beside each other: for patches that change that, the whole series last
 * @param subject what is set against what; where that is no series there is one step, in the place of patch 1
 */
public record Review(
        String title,
        int version,
        String author,
        String base,
        String tool,
        List<String> architectures,
        List<Configuration> configurations,
        List<PatchReview> patches,
        List<PatchReview> whole,
        List<Premise> environment,
        List<String> limits,
        List<ArchitectureView> beside,
        Subject subject) {
    public Review {
        beside = List.copyOf(beside);
        architectures = List.copyOf(architectures);
        configurations = List.copyOf(configurations);
        patches = List.copyOf(patches);
        whole = List.copyOf(whole);
        environment = List.copyOf(environment);
        limits = List.copyOf(limits);
    }

    /** A review of a series. */
    public Review(
            String title,
            int version,
            String author,
            String base,
            String tool,
            List<String> architectures,
            List<Configuration> configurations,
            List<PatchReview> patches,
            List<PatchReview> whole,
            List<Premise> environment,
            List<String> limits,
            List<ArchitectureView> beside) {
        this(
                title,
                version,
                author,
                base,
                tool,
                architectures,
                configurations,
                patches,
                whole,
                environment,
                limits,
                beside,
                Subject.SERIES);
    }

    /** What a review sets against what. */
    public enum Subject {
        /** The states before and after each patch. */
        SERIES,
        /** One tree and another, with the configuration of each. */
        RELEASES,
        /** The ends of two versions of a series. */
        VERSIONS,
        /** A function of one file and of another. */
        FUNCTIONS
    }

    /** A configuration: its name ({@code base}, {@code DEBUG_RSEQ=y}) and how it differs from the base. */
    public record Configuration(String name, List<String> settings) {
        public Configuration {
            settings = List.copyOf(settings);
        }
    }

    /** Something believed, not proven: its name, what it says, why, and its source in the tree. */
    public record Premise(String name, String text, String reason, String source) {}

    /** A verdict, in words. */
    public enum Verdict {
        EQUIVALENT("equivalent"),
        /** Proven where objects do not overlap; the root's reasons say which would have to. */
        EQUIVALENT_UNLESS("equivalent unless objects overlap"),
        /** No difference up to the loop bound, and no proof beyond it. */
        EQUAL_WITHIN_BOUND("equal within the bound"),
        CHANGED("changed"),
        RACE_WINDOW("race-window"),
        NOT_ANALYSED("not analysed"),
        /** Nothing of what the patch touches is built for this architecture and configuration. */
        NOT_BUILT("not built here"),
        /** Nobody looked: the patch does not apply, or comes after one that does not, or the architecture was left out. */
        NOT_REVIEWED("not reviewed");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        /** As reports write it. */
        public String text() {
            return text;
        }

        /** Whether it leaves open what the patch does: nothing may be said to be unchanged then. */
        public boolean open() {
            return this == NOT_ANALYSED || this == NOT_REVIEWED || this == EQUAL_WITHIN_BOUND;
        }
    }

    /**
     * One patch, or the whole series.
     *
     * @param number of the patch, 0 for the whole series
     * @param title without the subject prefix
     * @param messageId of its mail, or the commit, or empty
     * @param touched files it touches
     * @param applied what was needed to apply it, empty if it applied cleanly
     * @param claims of its changelog, set against the result
     * @param units results per architecture and configuration
     */
    public record PatchReview(
            int number,
            String title,
            String messageId,
            List<String> touched,
            List<String> applied,
            List<Claim> claims,
            List<Unit> units) {
        public PatchReview {
            touched = List.copyOf(touched);
            applied = List.copyOf(applied);
            claims = List.copyOf(claims);
            units = List.copyOf(units);
        }

        /** Whether anybody looked at it at all. */
        public boolean reviewed() {
            return units.isEmpty() || units.stream().anyMatch(u -> u.verdict() != Verdict.NOT_REVIEWED);
        }
    }

    /** The same with other columns. */
    public Review with(List<String> archs, List<PatchReview> rows) {
        return new Review(
                title,
                version,
                author,
                base,
                tool,
                archs,
                configurations,
                rows,
                whole,
                environment,
                limits,
                beside,
                subject);
    }

    /** The patches that somebody looked at. */
    public List<PatchReview> reviewed() {
        return patches.stream().filter(PatchReview::reviewed).toList();
    }

    /** A claim quoted from a changelog, and what the simulation says of it. */
    public record Claim(String quote, Kind kind, Standing standing, String because) {
        /** Kinds of claim that are understood. */
        public enum Kind {
            NO_FUNCTIONAL_CHANGE,
            SAVES_INSTRUCTIONS
        }

        /** Whether it holds. */
        public enum Standing {
            HOLDS,
            FAILS,
            HOLDS_EXCEPT_RACES,
            UNDECIDED
        }
    }

    /**
     * The result for one architecture and configuration.
     *
     * @param reasons why it is not analysed, else empty
     * @param counts of functions: instructions there are
     * @param notes what a reader should know of this result (options the build dropped, …)
     * @param paths counts of named paths: instructions executed
     * @param code sizes of functions, and what assembly sources consist of
     * @param tracing what the function tracer can be attached to
     */
    public record Unit(
            String arch,
            String configuration,
            Verdict verdict,
            List<String> changedFunctions,
            List<Root> roots,
            List<String> reasons,
            List<Count> counts,
            List<String> notes,
            PathCounts paths,
            CodeCounts code,
            Tracing tracing) {
        /** A unit of which nothing is counted yet, nor what can be traced; see {@code with}. */
        public static Unit unmeasured(
                String arch,
                String configuration,
                Verdict verdict,
                List<String> changedFunctions,
                List<Root> roots,
                List<String> reasons,
                List<Count> counts,
                List<String> notes) {
            return new Unit(
                    arch,
                    configuration,
                    verdict,
                    changedFunctions,
                    roots,
                    reasons,
                    counts,
                    notes,
                    PathCounts.none(),
                    CodeCounts.none(),
                    Tracing.none());
        }

        public Unit {
            changedFunctions = List.copyOf(changedFunctions);
            roots = List.copyOf(roots);
            reasons = List.copyOf(reasons);
            counts = List.copyOf(counts);
            notes = List.copyOf(notes);
        }

        /** The same with its named paths counted. */
        public Unit with(PathCounts counted) {
            return with(counted, code, tracing);
        }

        /** The same with its code measured. */
        public Unit with(CodeCounts measured) {
            return with(paths, measured, tracing);
        }

        /** The same with what the function tracer can be attached to. */
        public Unit with(Tracing found) {
            return with(paths, code, found);
        }

        /** The same with one more thing that a reader should know. */
        public Unit noting(String note) {
            List<String> more = new ArrayList<>(notes);
            more.add(note);
            return with(paths, code, tracing, more);
        }

        private Unit with(PathCounts counted, CodeCounts measured, Tracing found) {
            return with(counted, measured, found, notes);
        }

        private Unit with(PathCounts counted, CodeCounts measured, Tracing found, List<String> noted) {
            return new Unit(
                    arch,
                    configuration,
                    verdict,
                    changedFunctions,
                    roots,
                    reasons,
                    counts,
                    noted,
                    counted,
                    measured,
                    found);
        }
    }

    /**
     * What the function tracer can be attached to, in the objects that were built.
     *
     * @param before functions that could be traced
     * @param after functions that can be
     * @param changes functions for which that differs
     * @param calls functions that must not be instrumented and call one that has become traceable, in words
     * @param leaving calls that leave code that must not be instrumented, where that is not allowed, and did not before
     * @param perhaps calls that do so if their callee, which none of the objects has, may be instrumented
     * @param unmarked calls that do so unless it is allowed there, which the objects do not say
     */
    public record Tracing(
            int before,
            int after,
            List<TracingChange> changes,
            List<String> calls,
            List<String> leaving,
            List<String> perhaps,
            List<String> unmarked) {
        public Tracing {
            changes = List.copyOf(changes);
            calls = List.copyOf(calls);
            leaving = List.copyOf(leaving);
            perhaps = List.copyOf(perhaps);
            unmarked = List.copyOf(unmarked);
        }

        /** One in which no call leaves code that must not be instrumented, or nothing is known of that. */
        public static Tracing of(int before, int after, List<TracingChange> changes, List<String> calls) {
            return new Tracing(before, after, changes, calls, List.of(), List.of(), List.of());
        }

        /** Whether there is anything to say. */
        public boolean says() {
            return !changes.isEmpty() || !leaving.isEmpty() || !perhaps.isEmpty() || !unmarked.isEmpty();
        }

        /** Nothing is known, or nothing was built differently. */
        public static Tracing none() {
            return of(0, 0, List.of(), List.of());
        }
    }

    /** A function that can be traced in one state alone: how it was before and is after, in words, and what that means. */
    public record TracingChange(String function, String object, String before, String after, Turn kind) {
        /** What became of it. */
        public enum Turn {
            BECOMES_TRACEABLE,
            STOPS_BEING_TRACEABLE,
            /** It is new, and can be traced. */
            ADDED,
            /** It could be traced, and is gone. */
            REMOVED
        }
    }

    /**
     * The verdict on one root function.
     *
     * @param pairs pairs of paths compared
     * @param bounded how many of them were cut at the loop bound
     * @param loops turns of a loop that were followed, where the verdict holds only up to a bound; else 0
     * @param alike other functions of which the same is true, for their code is the same but for the function that they call
     * @param reasons why nothing is known of it, or of a part; of one that is equal unless objects overlap, which of them
     * @param leansOn names of the {@link Premise premises} it used
     */
    public record Root(
            String function,
            Verdict verdict,
            int pairs,
            int bounded,
            int loops,
            List<FindingText> findings,
            List<String> reasons,
            List<String> leansOn,
            List<String> alike) {
        /** A verdict on one function alone that no bound limits. */
        public Root(
                String function,
                Verdict verdict,
                int pairs,
                List<FindingText> findings,
                List<String> reasons,
                List<String> leansOn) {
            this(function, verdict, pairs, 0, 0, findings, reasons, leansOn, List.of());
        }

        /** A function that is equal up to a bound. */
        public static Root withinBound(String function, int pairs, int bounded, int loops, List<String> leansOn) {
            return new Root(
                    function,
                    Verdict.EQUAL_WITHIN_BOUND,
                    pairs,
                    bounded,
                    loops,
                    List.of(),
                    List.of(),
                    leansOn,
                    List.of());
        }

        /** The same verdict, which leans on something else. */
        public Root leaningOn(List<String> names) {
            return new Root(function, verdict, pairs, bounded, loops, findings, reasons, names, alike);
        }

        /** The same verdict, which is true of others too. */
        public Root with(Collection<String> others) {
            return new Root(
                    function,
                    verdict,
                    pairs,
                    bounded,
                    loops,
                    findings,
                    reasons,
                    leansOn,
                    others.stream().sorted().toList());
        }

        public Root {
            alike = List.copyOf(alike);
            findings = List.copyOf(findings);
            reasons = List.copyOf(reasons);
            leansOn = List.copyOf(leansOn);
        }
    }

    /**
     * A finding in words.
     *
     * @param id stable across runs and versions: patch, architecture and what differs, hashed
     * @param summary one sentence without a full stop
     * @param conditions alternatives; each is a list of lines to be joined by "and"
     * @param before events before, in order
     * @param after events after
     * @param witness assignments that show it
     * @param vanishesUnder names of premises under which it cannot happen
     * @param cause where in the patch it comes from
     * @param pairs pairs of paths it stands for
     * @param further above 0 where there may be cases beside the conditions; where it is 0 these say exactly when it happens
     */
    public record FindingText(
            String id,
            Verdict kind,
            String summary,
            List<List<String>> conditions,
            List<TraceLine> before,
            List<TraceLine> after,
            List<Assignment> witness,
            List<String> vanishesUnder,
            Cause cause,
            int pairs,
            int further) {
        public FindingText {
            conditions = conditions.stream().map(List::copyOf).toList();
            before = List.copyOf(before);
            after = List.copyOf(after);
            witness = List.copyOf(witness);
            vanishesUnder = List.copyOf(vanishesUnder);
        }
    }

    /**
     * Where two versions part, as the patch has it.
     *
     * @param hunks numbers, from 1 on, of the patch's hunks that the difference may come from; one alone is the cause
     * @param place file and line of what is quoted, or empty
     * @param quote lines of the patch, as in the diff; may be empty
     * @param consequence what the world sees of it, where the summary names something else; a clause or empty
     * @param users who sets the flags that the witness has, in words
     */
    public record Cause(List<Integer> hunks, String place, List<String> quote, String consequence, List<String> users) {
        /** Where nothing is known of that. */
        public static final Cause UNKNOWN = new Cause(List.of(), "", List.of(), "", List.of());

        public Cause {
            hunks = List.copyOf(hunks);
            quote = List.copyOf(quote);
            users = List.copyOf(users);
        }

        /** A quote alone. */
        public static Cause quoting(List<String> quote) {
            return new Cause(List.of(), "", quote, "", List.of());
        }
    }

    /** An event in words; {@code differs} marks the first that the two versions do not share, and what follows it. */
    public record TraceLine(String text, String detail, String place, boolean differs) {
        private static final String CUT = "(not followed further: loop bound)";

        /** What ends the events of a way that goes on, but was not followed beyond {@code place}. */
        public static TraceLine cut(String place) {
            return new TraceLine(CUT, "", place, true);
        }

        /** Whether this is no event, but says that the way was not followed any further. */
        public boolean endsFollowing() {
            return text.equals(CUT);
        }
    }

    /** What an input or an answer of the environment is in the witness: {@code name = value}, flags by name. */
    public record Assignment(String name, String value) {}

    /** A count before and after. {@code kind}: instructions, moves, loads, stores, branches, system, nops. */
    public record Count(String name, String kind, int before, int after) {}

    /**
     * Counts of an architecture's named paths.
     *
     * @param counted the paths that have a count before and after, changed or not
     * @param notCounted the others, each with the reason
     * @param notes what counts lean on besides the profile
     */
    public record PathCounts(List<PathCount> counted, List<String> notCounted, List<String> notes) {
        public PathCounts {
            counted = List.copyOf(counted);
            notCounted = List.copyOf(notCounted);
            notes = List.copyOf(notes);
        }

        /** No path is known, or nothing was built differently. */
        public static PathCounts none() {
            return new PathCounts(List.of(), List.of(), List.of());
        }

        /** Those that cost something else than before, or call something else outside. */
        public List<PathCount> changed() {
            return counted.stream().filter(PathCount::changed).toList();
        }
    }

    /**
     * Instructions executed on a path from the first of the vector to the exit from the kernel, both included.
     *
     * @param entry the entry's name
     * @param path the path's name
     * @param cpu the processor's name
     * @param exit the exit instruction, {@code old, then new} where they differ
     * @param kinds instructions by kind, where before and after differ
     * @param outsideBefore functions called and not counted themselves, in order
     * @param outsideAfter the same after
     */
    public record PathCount(
            String entry,
            String path,
            String cpu,
            String exit,
            int before,
            int after,
            List<Count> kinds,
            List<String> outsideBefore,
            List<String> outsideAfter) {
        public PathCount {
            kinds = List.copyOf(kinds);
            outsideBefore = List.copyOf(outsideBefore);
            outsideAfter = List.copyOf(outsideAfter);
        }

        /** Whether anything about it differs. */
        public boolean changed() {
            return before != after || !kinds.isEmpty() || !outsideBefore.equals(outsideAfter) || exit.contains(",");
        }
    }
}
