// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.search;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.patchoscope.bot.report.Digest;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.FindingText;
import org.patchoscope.bot.review.Review.PatchReview;
import org.patchoscope.bot.review.Review.TraceLine;
import org.patchoscope.bot.store.StoredPatch;
import org.patchoscope.bot.store.StoredReview;
import org.patchoscope.bot.store.StoredSeries;

/** Makes of a review what is to be found of it. */
final class Entries {
    /** A macro: {@code _TIF_SYSCALL_AUDIT}, {@code PSR_I_BIT}. */
    private static final Pattern FLAG = Pattern.compile("\\b_*[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\\b");

    private static final String BROKEN = "broken";

    private static final Pattern CALL = Pattern.compile("^([A-Za-z_][A-Za-z0-9_.]*)\\(");

    private final StoredReview stored;
    private final StoredSeries series;
    private final Review review;
    private final List<StoredPatch> mails;

    private Entries(StoredReview stored, Review review, List<StoredPatch> mails) {
        this.stored = stored;
        this.series = stored.series();
        this.review = review;
        this.mails = mails;
    }

    static List<Entry> of(StoredReview stored, Review review, List<StoredPatch> mails) {
        Entries entries = new Entries(stored, review, mails);
        List<Entry> out = new ArrayList<>();
        Digest.of(review).findings().forEach(f -> out.add(entries.finding(f)));
        review.patches().forEach(p -> out.add(entries.patch(p)));
        return out;
    }

    private Entry finding(Digest.Entry entry) {
        FindingText finding = entry.finding();
        Set<String> condition = new LinkedHashSet<>();
        finding.conditions().forEach(condition::addAll);
        List<String> text = new ArrayList<>();
        entry.all().forEach(f -> words(f, text));
        text.add("in " + String.join(", ", entry.functions()));
        text.add(patchTitle(entry.patch()));
        Map<Fields, List<String>> words = common();
        words.put(Fields.ARCH, List.of(entry.arch()));
        words.put(Fields.VERDICT, List.of(key(finding.kind())));
        words.put(Fields.FUNCTION, entry.functions());
        words.put(Fields.CONFIG, entry.configurations());
        words.put(Fields.FLAG, distinct(entry, Entries::flags));
        words.put(Fields.EVENT, distinct(entry, Entries::events));
        words.put(Fields.FILE, files(entry.patch()));
        words.put(Fields.FATE, List.of(entry.fate()));
        List<String> promise = promises(entry.patch());
        words.put(Fields.PROMISE, promise);
        words.put(Fields.SEVERITY, List.of(severity(finding.kind(), promise.contains(BROKEN))));
        return entry(
                Entry.Type.FINDING,
                entry.patch(),
                entry.number(),
                "finding-" + entry.number(),
                finding.summary(),
                text,
                words,
                List.copyOf(condition));
    }

    /** What became of what the changelog of a patch promises. */
    private List<String> promises(int patch) {
        return review.patches().stream()
                .filter(p -> p.number() == patch)
                .flatMap(p -> p.claims().stream())
                .map(c -> switch (c.standing()) {
                    case FAILS -> BROKEN;
                    case HOLDS -> "kept";
                    case HOLDS_EXCEPT_RACES, UNDECIDED -> "undecided";
                })
                .distinct()
                .toList();
    }

    /** A change that a changelog denies is looked at first, then any change, then what needs another CPU to be seen. */
    private static String severity(Review.Verdict kind, boolean broken) {
        return kind == Review.Verdict.RACE_WINDOW ? "low" : broken ? "high" : "medium";
    }

    private Entry patch(PatchReview patch) {
        List<String> text = new ArrayList<>();
        mails.stream()
                .filter(m -> m.messageId().equals(patch.messageId()))
                .flatMap(m -> m.changelog().lines())
                .forEach(text::add);
        patch.claims().forEach(c -> text.add("claims: " + c.quote() + " " + c.because()));
        Set<String> functions = new LinkedHashSet<>();
        Set<String> verdicts = new LinkedHashSet<>();
        Set<String> archs = new LinkedHashSet<>();
        Set<String> configurations = new LinkedHashSet<>();
        for (Review.Unit unit : patch.units()) {
            archs.add(unit.arch());
            configurations.add(unit.configuration());
            verdicts.add(key(unit.verdict()));
            functions.addAll(unit.changedFunctions());
            text.addAll(unit.reasons());
            text.addAll(unit.notes());
            unit.roots().forEach(r -> {
                functions.add(r.function());
                text.addAll(r.reasons());
            });
        }
        text.addAll(functions);
        text.addAll(patch.touched());
        Map<Fields, List<String>> words = common();
        words.put(Fields.ARCH, List.copyOf(archs));
        words.put(Fields.VERDICT, List.copyOf(verdicts));
        words.put(Fields.FUNCTION, List.copyOf(functions));
        words.put(Fields.CONFIG, List.copyOf(configurations));
        words.put(Fields.FILE, patch.touched());
        words.put(Fields.PROMISE, promises(patch.number()));
        return entry(
                Entry.Type.PATCH, patch.number(), 0, "patch-" + patch.number(), patch.title(), text, words, List.of());
    }

    private Entry entry(
            Entry.Type type,
            int patch,
            int number,
            String anchor,
            String title,
            List<String> text,
            Map<Fields, List<String>> words,
            List<String> condition) {
        words.put(Fields.TYPE, List.of(type.key()));
        return new Entry(
                type,
                stored.id(),
                series.id(),
                series.topic(),
                series.version(),
                patch,
                number,
                anchor,
                title,
                series.title(),
                String.join("\n", text),
                words,
                condition,
                series.posted(),
                series.source().equals(StoredSeries.DEMO));
    }

    private Map<Fields, List<String>> common() {
        Map<Fields, List<String>> words = new EnumMap<>(Fields.class);
        words.put(Fields.LIST, series.list().isEmpty() ? List.of() : List.of(series.list()));
        words.put(Fields.AUTHOR, List.of(series.author()));
        return words;
    }

    private String patchTitle(int number) {
        return review.patches().stream()
                .filter(p -> p.number() == number)
                .map(PatchReview::title)
                .findFirst()
                .orElse(series.title());
    }

    private List<String> files(int number) {
        return review.patches().stream()
                .filter(p -> number == 0 || p.number() == number)
                .flatMap(p -> p.touched().stream())
                .distinct()
                .toList();
    }

    private static String line(TraceLine line) {
        return line.text() + (line.detail().isEmpty() ? "" : " " + line.detail());
    }

    private static String key(Review.Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static List<String> distinct(Digest.Entry entry, Function<FindingText, List<String>> of) {
        return entry.all().stream()
                .flatMap(f -> of.apply(f).stream())
                .distinct()
                .toList();
    }

    private static void words(FindingText finding, List<String> text) {
        // Alternatives share most of their lines; each is said once.
        Set<String> condition = new LinkedHashSet<>();
        finding.conditions().forEach(condition::addAll);
        condition.forEach(c -> text.add("when " + c));
        finding.before().forEach(l -> text.add("before: " + line(l)));
        finding.after().forEach(l -> text.add("after: " + line(l)));
        finding.witness().forEach(a -> text.add("witness: " + a.name() + " = " + a.value()));
        text.addAll(
                finding.vanishesUnder().stream().map(v -> "vanishes under " + v).toList());
        text.addAll(finding.cause().quote());
        text.add(finding.cause().consequence());
    }

    private static List<String> flags(FindingText finding) {
        Set<String> out = new LinkedHashSet<>();
        Stream.concat(
                        finding.conditions().stream().flatMap(List::stream),
                        finding.witness().stream().map(a -> a.name() + " " + a.value()))
                .flatMap(t -> FLAG.matcher(t).results())
                .forEach(r -> out.add(r.group()));
        return List.copyOf(out);
    }

    /** Calls that one version alone makes, or makes otherwise. */
    private static List<String> events(FindingText finding) {
        Set<String> before = differing(finding.before());
        Set<String> after = differing(finding.after());
        Set<String> out = new LinkedHashSet<>();
        Stream.concat(
                        before.stream().filter(l -> !after.contains(l)),
                        after.stream().filter(l -> !before.contains(l)))
                .map(CALL::matcher)
                .filter(Matcher::find)
                .forEach(m -> out.add(m.group(1)));
        return List.copyOf(out);
    }

    private static Set<String> differing(List<TraceLine> events) {
        return events.stream()
                .filter(TraceLine::differs)
                .map(TraceLine::text)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
