// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.patchoscope.mail.Address;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.MessageId;
import org.patchoscope.mail.series.Patch;
import org.patchoscope.mail.series.Series;

/**
 * A version of a series that has come, however it came: all that the service wants to know of mail.
 *
 * @param series as assembled
 * @param source how it came
 * @param received when
 * @param earlier message ids of earlier versions, where the source knows them
 */
public record NewSeries(Series series, String source, Instant received, Set<MessageId> earlier) {
    /** Makes one. */
    public NewSeries {
        earlier = Set.copyOf(earlier);
    }

    List<StoredPatch> patches() {
        return series.patches().stream()
                .map(p -> new StoredPatch(p.number(), p.title(), p.id().value(), p.changelog()))
                .toList();
    }

    /** Which parts have not come, in words; empty where all have. */
    String missing() {
        List<Integer> numbers = series.missing();
        if (numbers.isEmpty()) {
            return "";
        }
        String all = numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return (numbers.size() == 1 ? "part " : "parts ") + all + " of " + series.total();
    }

    /** What it was posted to, the first of several. */
    String list() {
        return series.lists().isEmpty() ? "" : series.lists().getFirst();
    }

    /** Ids that the mails name as what they follow. */
    Set<String> follows() {
        Set<String> out = new TreeSet<>();
        earlier.forEach(id -> out.add(id.key()));
        for (Message m : series.messages()) {
            m.references().forEach(id -> out.add(id.key()));
            m.inReplyTo().forEach(id -> out.add(id.key()));
        }
        series.messages().forEach(m -> out.remove(m.id().key()));
        return out;
    }

    String titleKey() {
        return series.title()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", " ")
                .strip();
    }

    String authorKey() {
        Address author = Address.parse(series.author());
        return (author.address().isEmpty() ? series.author() : author.address()).toLowerCase(Locale.ROOT);
    }

    /** Equal for the same patches posted under the same ids. */
    String fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Patch p : series.patches()) {
                digest.update((p.number() + " " + p.id().key() + "\n").getBytes(StandardCharsets.UTF_8));
                digest.update(p.diff());
            }
            digest.update(series.root().key().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The mails as an mboxrd, from which the series can be assembled again. */
    byte[] mbox() {
        return Mboxrd.of(series.messages().stream().map(Message::raw).toList());
    }
}
