// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.patchoscope.bot.store.Reason;
import org.patchoscope.bot.store.SeriesState;
import org.patchoscope.bot.store.StoredCommand;
import org.patchoscope.bot.store.StoredFinding;
import org.patchoscope.bot.store.StoredReview;
import org.patchoscope.bot.store.StoredSeries;
import org.patchoscope.mail.command.Decision;

/** Lines that several pages have: a review, a series, a finding, with their addresses and dates as text. */
public final class Lines {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Lines() {}

    /** A point in time for programs, and for people by day and by minute. */
    public record Moment(String iso, String day, String minute) {
        public static Moment of(Instant at) {
            return new Moment(at.toString(), DAY.format(at), MINUTE.format(at));
        }
    }

    /** A review as listed. */
    public record ReviewLine(
            String href,
            String title,
            int version,
            String author,
            String list,
            Moment posted,
            Moment made,
            String result,
            int findings,
            String topic) {
        public static ReviewLine of(StoredReview r) {
            StoredSeries s = r.series();
            return new ReviewLine(
                    Lines.review(r.id()),
                    s.title(),
                    s.version(),
                    s.author(),
                    s.list(),
                    Moment.of(s.posted()),
                    Moment.of(r.made()),
                    r.result(),
                    r.findings(),
                    Lines.topic(s.topic()));
        }
    }

    /** A series as listed, whatever became of it. */
    public record SeriesLine(
            long id,
            String href,
            String title,
            int version,
            String author,
            String list,
            Moment posted,
            String state,
            String stateText,
            String reason,
            String reasonText,
            String detail,
            String base,
            Moment changed) {
        public static SeriesLine of(StoredSeries s) {
            return new SeriesLine(
                    s.id(),
                    Lines.series(s.id()),
                    s.title(),
                    s.version(),
                    s.author(),
                    s.list(),
                    Moment.of(s.posted()),
                    s.state().key(),
                    s.state() == SeriesState.REVIEWED && s.reason() != Reason.NONE
                            ? "reviewed; not reviewed again"
                            : s.state().text(),
                    s.reason() == Reason.NONE ? "" : s.reason().key(),
                    s.reason().text(),
                    s.detail(),
                    s.base(),
                    Moment.of(s.changed()));
        }
    }

    /** A finding as listed. */
    public record FindingLine(
            String href, int number, int patch, String arch, String kind, String summary, String fate) {
        public static FindingLine of(StoredFinding f) {
            return new FindingLine(Lines.finding(f), f.number(), f.patch(), f.arch(), f.kind(), f.summary(), f.fate());
        }
    }

    /**
     * A command as listed. Who sent it and what it says are shown where a server vouches for the sender.
     *
     * @param by the right by which it was carried out, or empty
     */
    record CommandLine(String sender, String text, String by, String state, String answer, Moment written) {
        public static CommandLine of(StoredCommand c) {
            boolean proven = c.state() != StoredCommand.State.REFUSED
                    || Decision.Reason.valueOf(c.ground()).tellByMail();
            return new CommandLine(
                    proven ? c.sender() : "",
                    proven ? c.text() : "",
                    c.state() == StoredCommand.State.REFUSED ? "" : c.ground().toLowerCase(Locale.ROOT),
                    c.state().text(),
                    c.answer(),
                    Moment.of(c.written()));
        }
    }

    static String review(long id) {
        return "/r/" + id;
    }

    /** The page of a finding; its address is for good, as that of its review. */
    static String finding(StoredFinding f) {
        return review(f.review()) + "/" + f.number();
    }

    public static String series(long id) {
        return "/s/" + id;
    }

    public static String topic(long id) {
        return "/t/" + id;
    }

    static String function(String name) {
        return "/f/" + encode(name);
    }

    static String list(String name) {
        return "/list/" + encode(name);
    }

    static String search(String query) {
        return "/search?q=" + encode(query);
    }

    /** Where everybody can read a mail. */
    static String archive(String messageId) {
        return "https://lore.kernel.org/all/" + encode(messageId).replace("%40", "@") + "/";
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static List<ReviewLine> reviews(List<StoredReview> all) {
        return all.stream().map(ReviewLine::of).toList();
    }

    public static List<SeriesLine> series(List<StoredSeries> all) {
        return all.stream().map(SeriesLine::of).toList();
    }
}
