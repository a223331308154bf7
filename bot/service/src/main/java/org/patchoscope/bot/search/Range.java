// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.search;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range, both ends included: {@code 3}, {@code 3..7}, {@code 3..}, {@code ..7}, {@code >3}, {@code >=3}, {@code <7},
 * {@code <=7}. A day may be a whole month or year: {@code 2026-09}, {@code 2026}.
 */
record Range(long low, long high) {
    private static final Pattern DAY = Pattern.compile("(\\d{4})(?:-(\\d{1,2})(?:-(\\d{1,2}))?)?");

    int lowInt() {
        return (int) Math.max(Integer.MIN_VALUE, low);
    }

    int highInt() {
        return (int) Math.min(Integer.MAX_VALUE, high);
    }

    static Optional<Range> ofNumbers(String text) {
        return of(text.startsWith("v") ? text.substring(1) : text, Range::number);
    }

    static Optional<Range> ofDays(String text) {
        return of(text, Range::day);
    }

    private interface Point {
        Optional<Range> read(String text);
    }

    private static Optional<Range> of(String text, Point point) {
        int dots = text.indexOf("..");
        if (dots >= 0) {
            String from = text.substring(0, dots);
            String to = text.substring(dots + 2);
            Optional<Range> low = from.isEmpty() ? Optional.of(ALL) : point.read(from);
            Optional<Range> high = to.isEmpty() ? Optional.of(ALL) : point.read(to);
            return low.flatMap(l -> high.map(h -> new Range(l.low, h.high)));
        }
        if (text.startsWith(">=")) {
            return point.read(text.substring(2)).map(r -> new Range(r.low, ALL.high));
        }
        if (text.startsWith("<=")) {
            return point.read(text.substring(2)).map(r -> new Range(ALL.low, r.high));
        }
        if (text.startsWith(">")) {
            return point.read(text.substring(1)).map(r -> new Range(r.high + 1, ALL.high));
        }
        if (text.startsWith("<")) {
            return point.read(text.substring(1)).map(r -> new Range(ALL.low, r.low - 1));
        }
        return point.read(text);
    }

    // Far enough from the ends that one more or less is still a number.
    private static final Range ALL = new Range(Long.MIN_VALUE / 2, Long.MAX_VALUE / 2);

    private static Optional<Range> number(String text) {
        if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        long n = Long.parseLong(text);
        return Optional.of(new Range(n, n));
    }

    private static Optional<Range> day(String text) {
        // As public-inbox has it: 20260914.
        Matcher m = DAY.matcher(text.replaceFirst("^(\\d{4})(\\d{2})(\\d{2})$", "$1-$2-$3"));
        if (!m.matches()) {
            return Optional.empty();
        }
        try {
            int year = Integer.parseInt(m.group(1));
            if (m.group(2) == null) {
                return days(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31));
            }
            YearMonth month = YearMonth.of(year, Integer.parseInt(m.group(2)));
            if (m.group(3) == null) {
                return days(month.atDay(1), month.atEndOfMonth());
            }
            LocalDate day = month.atDay(1).withDayOfMonth(Integer.parseInt(m.group(3)));
            return days(day, day);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Range> days(LocalDate first, LocalDate last) {
        return Optional.of(new Range(first.toEpochDay(), last.toEpochDay()));
    }
}
