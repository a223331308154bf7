// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.jobs;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.patchoscope.bot.report.Digest;
import org.patchoscope.bot.store.CommandStore;
import org.patchoscope.bot.store.Effect;
import org.patchoscope.bot.store.FindingIdentity;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesStore;
import org.patchoscope.bot.store.StoredCommand;
import org.patchoscope.bot.store.StoredReview;
import org.patchoscope.bot.store.StoredSeries;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.config.Profiles;
import org.patchoscope.mail.command.Command;
import org.patchoscope.mail.command.CommandReader;

/** Carries out commands that were allowed: says what each changes, which the store then does once. */
public final class CommandExecutor {
    private static final Logger LOG = Logger.getLogger(CommandExecutor.class);
    private static final int BATCH = 100;
    /** For a series that comes from the same store of mail, a look later. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    private static final List<String> ASSUMPTIONS = Stream.of("arm64", "x86-64")
            .map(arch -> new Profiles().shipped(arch))
            .flatMap(p -> p.assumptions().stream())
            .map(ArchProfile.Assumption::name)
            .distinct()
            .toList();

    private final CommandStore commands;
    private final SeriesStore series;
    private final ReviewStore reviews;
    private final ReviewJobs jobs;
    private final Clock clock;

    public CommandExecutor(
            CommandStore commands, SeriesStore series, ReviewStore reviews, ReviewJobs jobs, Clock clock) {
        this.commands = commands;
        this.series = series;
        this.reviews = reviews;
        this.jobs = jobs;
        this.clock = clock;
    }

    /** How a command ends. */
    private record Ending(StoredCommand.State state, String answer, Effect effect) {
        static Ending done(String answer, Effect effect) {
            return new Ending(StoredCommand.State.DONE, answer, effect);
        }

        static Ending failed(String answer) {
            return new Ending(StoredCommand.State.FAILED, answer, new Effect.None());
        }
    }

    /** Carries out what waits; how many. */
    public int carryOut() {
        int ended = 0;
        for (StoredCommand command : commands.waiting(BATCH)) {
            ended += carryOut(command) ? 1 : 0;
        }
        return ended;
    }

    private boolean carryOut(StoredCommand command) {
        Optional<StoredSeries> about = series.byMessage(command.root());
        if (about.isEmpty()) {
            if (command.taken().plus(PATIENCE).isAfter(clock.instant())) {
                return false;
            }
            return end(command, 0, Ending.failed("Not done: this service does not review that series."));
        }
        StoredSeries s = about.get();
        Ending ending = switch (CommandReader.command(command.text())) {
            case Command.Rerun() -> rerun(s);
            case Command.Base(String ref) ->
                Ending.done("It is reviewed on " + ref + ".", new Effect.OnBase(s.id(), ref));
            case Command.Assume(String name) -> assume(s, name);
            case Command.Dismiss(String finding, String reason) -> dismiss(s, finding, reason);
            case Command.Stop() -> Ending.done("No more mail is written about this topic.", new Effect.Stop(s.topic()));
            case Command.Unclear(String why) -> Ending.failed("Not understood: " + why + ".");
        };
        boolean ended = end(command, s.id(), ending);
        if (ended) {
            jobs.order(s.id());
        }
        return ended;
    }

    private boolean end(StoredCommand command, long about, Ending ending) {
        boolean ended = commands.end(command.id(), about, ending.state(), ending.answer(), ending.effect());
        if (ended) {
            LOG.infof("command %d, %s: %s", command.id(), command.text(), ending.answer());
        }
        return ended;
    }

    private static Ending rerun(StoredSeries s) {
        String answer = switch (s.state()) {
            case AWAITING_PARTS -> "It waits for parts that have not come, and is reviewed when they are there.";
            case WAITING -> "It waits for its review already.";
            case RUNNING -> "It is under review already.";
            case REVIEWED, NOT_REVIEWED -> "It is reviewed again.";
        };
        return Ending.done(answer, new Effect.Again(s.id()));
    }

    private Ending assume(StoredSeries s, String name) {
        if (!ASSUMPTIONS.contains(name)) {
            return Ending.failed(
                    "Not done: no assumption has that name. There are " + String.join(", ", ASSUMPTIONS) + ".");
        }
        Effect effect = new Effect.Assume(s.topic(), name);
        Optional<StoredReview> review = reviews.ofSeries(s.id());
        if (review.isEmpty()) {
            return Ending.done("It is assumed. There is no review yet; its page will say what remains.", effect);
        }
        List<Integer> vanish = new ArrayList<>();
        List<Integer> remain = new ArrayList<>();
        for (Digest.Entry e : digest(review.get()).findings()) {
            (e.finding().vanishesUnder().contains(name) ? vanish : remain).add(e.number());
        }
        return Ending.done(
                "It is assumed. Under it " + numbers(vanish, "vanishes", "vanish") + "; "
                        + numbers(remain, "remains", "remain") + ".",
                effect);
    }

    private static String numbers(List<Integer> numbers, String one, String many) {
        if (numbers.isEmpty()) {
            return "no finding " + one;
        }
        String all = String.join(
                ", ", new TreeSet<>(numbers).stream().map(n -> "[" + n + "]").toList());
        return all + " " + (numbers.size() == 1 ? one : many);
    }

    private Ending dismiss(StoredSeries s, String finding, String reason) {
        Optional<Digest.Entry> found = finding(s, finding);
        return found.map(e -> Ending.done(
                        "It is not reported again: " + e.finding().summary() + ".",
                        new Effect.Dismiss(s.topic(), FindingIdentity.of(e), reason)))
                .orElseGet(() -> Ending.failed("Not done: no review of this topic has a finding " + finding
                        + ". Findings are named by their number in the last review of the version that is"
                        + " answered, or by their id."));
    }

    /** By its number in the last review of the series, or by the id that reports show, in any version of the topic. */
    private Optional<Digest.Entry> finding(StoredSeries s, String name) {
        Optional<Digest.Entry> numbered = reviews.ofSeries(s.id()).stream()
                .flatMap(r -> digest(r).findings().stream())
                .filter(e -> Integer.toString(e.number()).equals(name))
                .findFirst();
        return numbered.or(() -> series.ofTopic(s.topic()).reversed().stream()
                .flatMap(v -> reviews.ofSeries(v.id()).stream())
                .flatMap(r -> digest(r).findings().stream())
                .filter(e -> e.all().stream().anyMatch(f -> f.id().equals(name)))
                .findFirst());
    }

    private Digest digest(StoredReview review) {
        return Digest.of(reviews.read(review.id()));
    }
}
