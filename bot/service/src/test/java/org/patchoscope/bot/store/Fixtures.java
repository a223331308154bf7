// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.patchoscope.bot.engine.SeriesReviewer;
import org.patchoscope.bot.report.json.JsonReader;
import org.patchoscope.bot.review.Review;
import org.patchoscope.mail.mbox.MailInputException;
import org.patchoscope.mail.mbox.MailSource;
import org.patchoscope.mail.series.Series;
import org.patchoscope.mail.series.SeriesAssembler;
import org.patchoscope.semantics.work.BoundedTime;

/** Reviews and series for tests: the demo's, as the demo made it, and made-up ones. */
public final class Fixtures {
    public static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    public static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private static final AtomicInteger NEXT = new AtomicInteger();

    private Fixtures() {}

    /** An empty database of one's own. */
    public static Database database() {
        return Database.inMemory("test" + NEXT.incrementAndGet());
    }

    /** What {@code patchoscope demo --json} wrote. */
    public static Review demoReview() {
        return JsonReader.read(demoJson());
    }

    /** The same, where the first finding vanishes under an assumption. */
    public static Review demoReviewVanishing(String assumption) {
        return JsonReader.read(
                demoJson().replaceFirst("\"vanishesUnder\" : \\[ ]", "\"vanishesUnder\" : [ \"" + assumption + "\" ]"));
    }

    private static String demoJson() {
        try (InputStream in =
                Objects.requireNonNull(Fixtures.class.getResourceAsStream("/demo-review.json"), "demo-review.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The demo's review, where patch 1 also changes what can be traced, in every way there is a word for. */
    public static Review tracedReview() {
        Review demo = demoReview();
        Review.PatchReview first = demo.patches().getFirst();
        List<Review.TracingChange> changes = Stream.of(Review.TracingChange.Turn.values())
                .map(t -> new Review.TracingChange("f_" + t, "kernel/entry/common.o", "inlined", "traceable", t))
                .toList();
        List<Review.Unit> units = first.units().stream()
                .map(u -> u.with(Review.Tracing.of(3, 4, changes, List.of("f() calls g()"))))
                .toList();
        List<Review.PatchReview> patches = new ArrayList<>(demo.patches());
        patches.set(
                0,
                new Review.PatchReview(
                        1, first.title(), first.messageId(), first.touched(), first.applied(), first.claims(), units));
        return with(demo, patches, demo.whole());
    }

    /** A review of one patch, with a verdict in each of two configurations. */
    public static Review review(Review.Verdict base, Review.Verdict variant) {
        List<Review.Unit> units = List.of(unit("base", base), unit("RSEQ=n", variant));
        return with(
                demoReview(),
                List.of(new Review.PatchReview(1, "t", "i@x", List.of(), List.of(), List.of(), units)),
                List.of());
    }

    /** A review of one patch that nobody looked at. */
    public static Review notReviewed(String why) {
        Review.Unit left = Review.Unit.unmeasured(
                "arm64", "base", Review.Verdict.NOT_REVIEWED, List.of(), List.of(), List.of(why), List.of(), List.of());
        return with(
                demoReview(),
                List.of(new Review.PatchReview(1, "t", "i@x", List.of(), List.of(), List.of(), List.of(left))),
                List.of());
    }

    private static Review.Unit unit(String configuration, Review.Verdict verdict) {
        return Review.Unit.unmeasured(
                "arm64", configuration, verdict, List.of(), List.of(), List.of(), List.of(), List.of());
    }

    private static Review with(Review review, List<Review.PatchReview> patches, List<Review.PatchReview> whole) {
        return new Review(
                review.title(),
                review.version(),
                review.author(),
                review.base(),
                review.tool(),
                review.architectures(),
                review.configurations(),
                patches,
                whole,
                review.environment(),
                review.limits(),
                List.of());
    }

    /** The demo's series, as mailed. */
    public static NewSeries demoSeries() {
        try {
            return new NewSeries(assemble(SeriesReviewer.demoMails()), "test", NOW, Set.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A single patch. */
    public static NewSeries series(String title, int version) {
        return series(title, version, "arch/arm64/kernel/syscall.c");
    }

    /** A single patch to a file. */
    public static NewSeries series(String title, int version, String file) {
        return new NewSeries(
                assemble(mail(title, version, file).getBytes(StandardCharsets.UTF_8)), "test", NOW, Set.of());
    }

    /** A series of mails of one's own. */
    public static NewSeries mailed(String mbox) {
        return new NewSeries(assemble(mbox.getBytes(StandardCharsets.UTF_8)), "test", NOW, Set.of());
    }

    /** The mail of a single patch. */
    public static String mail(String title, int version, String file) {
        return """
                From mboxrd@z Thu Jan  1 00:00:00 1970
                From: Jo Doe <jo@example.org>
                To: list@lists.example.org
                Date: Mon, 14 Sep 2026 10:00:00 +0200
                Subject: [PATCH%s] %s
                Message-ID: <%s.%d@example.org>

                A changelog. No functional change intended.

                Signed-off-by: Jo Doe <jo@example.org>
                ---
                diff --git a/%s b/%s
                --- a/%s
                +++ b/%s
                @@ -1 +1 @@
                -int a%d;
                +int b;
                """.formatted(
                        version > 1 ? " v" + version : "",
                        title,
                        Integer.toHexString(title.hashCode()),
                        version,
                        file,
                        file,
                        file,
                        file,
                        version);
    }

    private static Series assemble(byte[] mbox) {
        try {
            return SeriesAssembler.assemble(MailSource.read(new ByteArrayInputStream(mbox), "a test"))
                    .newest("a test");
        } catch (MailInputException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The time of a review that needs none. */
    public static BoundedTime anHour() {
        return new BoundedTime(Duration.ofHours(1), "the hour was up", System::nanoTime);
    }
}
