// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.mbox.MailSource;
import org.patchoscope.mail.series.Patch;
import org.patchoscope.mail.series.Series;
import org.patchoscope.mail.series.SeriesAssembler;
import org.patchoscope.mail.series.Topic;
import org.patchoscope.mail.source.MailFeeds;

/**
 * Versions of real series, with git range-diff as the judge of pairs and marks. {@code -Dpatchoscope.pairs=N} takes N pairs of
 * versions instead of a few.
 */
final class RealRangeDiffTest {
    private static final int PAIRS = Integer.getInteger("patchoscope.pairs", 25);

    private record Versions(List<Patch> older, List<Patch> newer, String title) {}

    @Test
    void pairsAndMarksAreThoseOfGit(@TempDir Path folder) throws Exception {
        List<Versions> all = versions(mails(folder));
        MadeCommits commits = new MadeCommits(folder);
        for (int i = 0; i < all.size(); i++) {
            commits.add("older" + i, all.get(i).older());
            commits.add("newer" + i, all.get(i).newer());
        }
        commits.finish();
        List<String> differ = new ArrayList<>();
        int mailed = 0;
        int patches = 0;
        for (int i = 0; i < all.size(); i++) {
            Versions v = all.get(i);
            List<String> judged = commits.pairs("older" + i, "newer" + i);
            List<String> ours = lines(
                    numbered(v.older(), commits.diffs("older" + i)), numbered(v.newer(), commits.diffs("newer" + i)));
            patches += judged.size();
            if (!ours.equals(judged)) {
                differ.add("pair " + i + " " + v.title() + ": git " + judged + ", here " + ours);
            }
            if (lines(numbered(v.older(), diffs(v.older())), numbered(v.newer(), diffs(v.newer())))
                    .equals(judged)) {
                mailed++;
            }
        }
        System.out.printf(
                "range-diff: %d pairs of versions, %d lines, %d differ; as mailed %d%n",
                all.size(), patches, differ.size(), mailed);
        assertThat(differ).isEmpty();
    }

    private static List<byte[]> diffs(List<Patch> patches) {
        return patches.stream().map(Patch::diff).toList();
    }

    private static List<Patch> numbered(List<Patch> patches, List<byte[]> diffs) {
        assertThat(diffs).hasSameSizeAs(patches);
        List<Patch> numbered = new ArrayList<>();
        for (int i = 0; i < patches.size(); i++) {
            Patch p = patches.get(i);
            numbered.add(new Patch(p.id(), i + 1, p.title(), p.author(), p.changelog(), diffs.get(i), p.message()));
        }
        return numbered;
    }

    private static List<String> lines(List<Patch> older, List<Patch> newer) {
        return RangeDiff.of(older, newer).stream().map(RangeDiffTest::line).toList();
    }

    private static List<Versions> versions(List<Message> mails) {
        List<Versions> all = new ArrayList<>();
        for (Topic topic : SeriesAssembler.assemble(mails).topics().reversed()) {
            List<Series> series = topic.series().stream()
                    .filter(s -> !s.patches().isEmpty() && MadeCommits.canBeMade(s.patches()))
                    .toList();
            for (int i = 0; i < series.size(); i++) {
                for (int j = i + 1; j < series.size() && all.size() < PAIRS; j++) {
                    all.add(new Versions(
                            series.get(i).patches(),
                            series.get(j).patches(),
                            series.get(j).title()));
                }
            }
        }
        return all;
    }

    private static List<Message> mails(Path folder) throws Exception {
        Path corpus = Path.of(System.getProperty("patchoscope.shared", "")).resolve("corpus");
        assumeTrue(Files.exists(corpus), "no real mail here");
        Path epoch = folder.resolve("epoch.git");
        Process clone = new ProcessBuilder(
                        "git",
                        "clone",
                        "-q",
                        "--bare",
                        corpus.resolve("linux-s390-2026.bundle").toString(),
                        epoch.toString())
                .inheritIO()
                .start();
        assertThat(clone.waitFor()).isZero();
        List<Message> mails = new ArrayList<>();
        try (var feed = new MailFeeds(folder, InputStream.nullInputStream(), "").open(epoch.toString())) {
            feed.read("", a -> mails.add(MailSource.readMessage(a.raw())));
        }
        for (String thread : List.of("v13", "v13-resend", "v14", "v16")) {
            mails.addAll(MailSource.read(corpus.resolve("thread-" + thread + ".mbox")));
        }
        return mails;
    }
}
