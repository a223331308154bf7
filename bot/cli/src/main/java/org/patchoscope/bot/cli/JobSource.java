// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.patchoscope.bot.engine.Workspace;
import org.patchoscope.bot.pipeline.JobMaker;
import org.patchoscope.bot.pipeline.ReviewException;
import org.patchoscope.bot.pipeline.ReviewJob;
import org.patchoscope.bot.pipeline.Stopwatch;
import org.patchoscope.differ.TreeRef;
import org.patchoscope.differ.TreeStore;
import org.patchoscope.mail.mbox.MailInputException;
import org.patchoscope.mail.series.Series;
import org.patchoscope.mail.store.StoreLocation;
import org.patchoscope.semantics.kernel.SourceState;

/** Makes a review job of what a user names on the command line. */
final class JobSource {
    private final Workspace workspace;
    private final StoreLocation mail;
    private final Stopwatch stopwatch;

    /**
     * @param mail the store in which a Message-ID is looked up
     */
    JobSource(Workspace workspace, StoreLocation mail, Stopwatch stopwatch) {
        this.workspace = workspace;
        this.mail = mail;
        this.stopwatch = stopwatch;
    }

    /**
     * Reads and applies a series.
     *
     * @param input a file or directory of mail, {@code -}, a range {@code A..B}, or the Message-ID of a stored mail
     * @param version of the series, 0 for the newest
     */
    ReviewJob job(String input, String tree, @Nullable String base, int version)
            throws IOException, ReviewException, MailInputException {
        return job(input, tree, base, version, n -> true, n -> false);
    }

    /** The same where only patches whose number is {@code wanted} are to be reviewed, and {@code skipped} ones left out. */
    ReviewJob job(
            String input, String tree, @Nullable String base, int version, IntPredicate wanted, IntPredicate skipped)
            throws IOException, ReviewException, MailInputException {
        TreeStore store = new TreeStore(workspace.trees(), workspace::count);
        TreeRef ref = tree(store, tree);
        workspace.say("reading and applying the series");
        if (input.contains("..") && !Files.exists(Path.of(input))) {
            return new JobMaker(store).ofRange(ref, input).of(wanted);
        }
        long start = System.nanoTime();
        Series series = new SeriesSource(mail).find(input).version(version, input);
        stopwatch.since(Stopwatch.Stage.MAIL, start);
        long parsed = System.nanoTime();
        ReviewJob job = new JobMaker(store).ofSeries(series, ref, base, wanted, skipped);
        stopwatch.since(Stopwatch.Stage.APPLY, parsed);
        return job.of(wanted);
    }

    /** A state without a series: its name for people, and the tree. */
    record Tree(String name, SourceState state) {}

    /** The tree at {@code base}, or at its newest commit. */
    Tree tree(String tree, @Nullable String base) throws IOException, ReviewException {
        TreeStore store = new TreeStore(workspace.trees(), workspace::count);
        TreeRef ref = tree(store, tree);
        String revision = base == null ? "HEAD" : base;
        String commit = store.resolve(ref, revision)
                .orElseThrow(() -> new ReviewException(
                        "the tree has no " + revision, ref.name(), "name a commit of it with --base"));
        return new Tree(
                ref.name() + " (" + commit.substring(0, Math.min(12, commit.length())) + ")",
                SourceState.base(store.checkout(ref, commit), commit));
    }

    private static TreeRef tree(TreeStore store, String tree) throws IOException, ReviewException {
        var known = store.find(tree);
        if (known.isPresent()) {
            return known.get();
        }
        Path path = Path.of(tree);
        if (!Files.isDirectory(path)) {
            throw new ReviewException("no tree is called " + tree, tree, "patchoscope tree add " + tree + " PATH");
        }
        String name = String.valueOf(path.toAbsolutePath().normalize().getFileName());
        return store.add(name, path);
    }
}
