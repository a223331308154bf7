// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;

/** Decoding of header values: encoded words (RFC 2047) and dates (RFC 5322, 3.3) as they really occur. */
public final class HeaderText {

    private static final Pattern DATE = Pattern.compile("(\\d{1,2})[ -]+([A-Za-z]{3})[a-z]*[ -]+(\\d{2,4})\\s+"
            + "(\\d{1,2})[:.](\\d{2})(?:[:.](\\d{2}))?\\s*([+-]\\d{4}|[A-Za-z]+)?");
    /** A longer value is shown as it was sent: decoding takes time that grows with its square. */
    private static final int LONGEST_ENCODED = 20_000;

    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
    private static final Map<String, Integer> ZONE_HOURS = Map.of(
            "EST", -5, "EDT", -4, "CST", -6, "CDT", -5, "MST", -7, "MDT", -6, "PST", -8, "PDT", -7, "CET", 1, "CEST",
            2);

    private HeaderText() {}

    /** Decodes encoded words; what cannot be decoded stays as it was sent. */
    public static String decodeWords(String value) {
        if (value.length() > LONGEST_ENCODED || !value.contains("=?")) {
            return value;
        }
        try {
            return DecoderUtil.decodeEncodedWords(value, DecodeMonitor.SILENT, StandardCharsets.UTF_8);
        } catch (RuntimeException e) {
            // mime4j throws on some malformed words; the raw spelling still names the mail.
            return value;
        }
    }

    /** Reads a Date header; zones out of range (+2000 exists in archives) are taken as they are. */
    static Optional<Instant> date(String value) {
        Matcher m = DATE.matcher(value);
        if (!m.find()) {
            return Optional.empty();
        }
        int month = MONTHS.indexOf(m.group(2).toLowerCase(Locale.ROOT));
        if (month < 0 || month % 3 != 0) {
            return Optional.empty();
        }
        try {
            LocalDateTime local = LocalDateTime.of(
                    year(Integer.parseInt(m.group(3))),
                    month / 3 + 1,
                    Integer.parseInt(m.group(1)),
                    Integer.parseInt(m.group(4)),
                    Integer.parseInt(m.group(5)),
                    m.group(6) == null ? 0 : Math.min(59, Integer.parseInt(m.group(6))));
            return Optional.of(local.toInstant(ZoneOffset.UTC).minusSeconds(60L * zoneMinutes(m.group(7))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int year(int written) {
        if (written >= 100) {
            return written;
        }
        return written < 50 ? 2000 + written : 1900 + written;
    }

    private static int zoneMinutes(@org.jspecify.annotations.Nullable String zone) {
        if (zone == null) {
            return 0;
        }
        if (zone.startsWith("+") || zone.startsWith("-")) {
            int digits = Integer.parseInt(zone.substring(1));
            int minutes = digits / 100 * 60 + digits % 100;
            return zone.startsWith("-") ? -minutes : minutes;
        }
        return 60 * ZONE_HOURS.getOrDefault(zone.toUpperCase(Locale.ROOT), 0);
    }
}
