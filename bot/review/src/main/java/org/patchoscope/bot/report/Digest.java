// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.FindingText;

/**
 * What a review says in short, for whoever lists or files it.
 *
 * @param result the sentence that every form of the report starts with
 * @param claims what changelogs promise, and whether it holds
 * @param findings numbered as in every form of the report
 */
public record Digest(String result, List<String> claims, List<Entry> findings) {
    /** Makes a digest. */
    public Digest {
        claims = List.copyOf(claims);
        findings = List.copyOf(findings);
    }

    /**
     * A finding and where it holds.
     *
     * @param patch its number, 0 for the whole series
     * @param also what else comes from the same cause
     * @param fate what became of it by the end of the series: stands, undone, otherwise, unknown
     */
    public record Entry(
            int number,
            int patch,
            String arch,
            FindingText finding,
            List<FindingText> also,
            List<String> configurations,
            List<String> functions,
            String fate) {
        /** Makes an entry. */
        public Entry {
            also = List.copyOf(also);
            configurations = List.copyOf(configurations);
            functions = List.copyOf(functions);
        }

        /** The finding that shows the cause, and what else comes from it. */
        public List<FindingText> all() {
            return Stream.concat(Stream.of(finding), also.stream()).toList();
        }
    }

    /** The digest of a review. */
    public static Digest of(Review review) {
        List<Numbered> findings = Numbered.of(review);
        Headline headline = new Headline(review, findings);
        WholeSeries whole = new WholeSeries(review);
        return new Digest(
                headline.result(),
                headline.claims(),
                findings.stream().map(f -> entry(f, whole)).toList());
    }

    private static Entry entry(Numbered f, WholeSeries whole) {
        String fate = whole.fate(f).name().toLowerCase(Locale.ROOT);
        return new Entry(
                f.number(),
                f.patch(),
                f.arch(),
                f.finding(),
                f.also().stream().map(Numbered::finding).toList(),
                f.configurations(),
                f.functions(),
                fate);
    }
}
