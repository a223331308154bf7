// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline.wording;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.Assignment;
import org.patchoscope.bot.review.Review.FindingText;
import org.patchoscope.bot.review.Review.TraceLine;
import org.patchoscope.config.FlagUsers;
import org.patchoscope.semantics.compare.verdict.Difference;
import org.patchoscope.semantics.compare.verdict.Finding;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.layout.PerCpu;
import org.patchoscope.semantics.trace.Event;
import org.patchoscope.semantics.trace.Outcome;
import org.patchoscope.semantics.trace.Path;
import org.patchoscope.semantics.words.Words;

/** Turns a finding of the comparison into words. */
public final class FindingWriter {
    private static final int MOST_CELLS = 8;

    private final Words words;
    private final List<FlagUsers> users;
    private final String arch;

    /**
     * A writer.
     *
     * @param users who sets which flags
     */
    public FindingWriter(Words words, String arch, List<FlagUsers> users) {
        this.users = List.copyOf(users);
        this.words = words;
        this.arch = arch;
    }

    FindingText write(Finding f, Review.Verdict kind, String root, List<PatchHunk> hunks) {
        Difference d = f.example();
        List<Integer> reasons = IntStream.rangeClosed(1, hunks.size())
                .filter(n -> hunks.get(n - 1).isFor(arch)
                        && hunks.get(n - 1).mayChange(d.around().executed()))
                .boxed()
                .toList();
        List<PatchHunk> may = reasons.isEmpty()
                ? hunks.stream().filter(h -> h.isFor(arch)).toList()
                : reasons.stream().map(n -> hunks.get(n - 1)).toList();
        Heading.Text heading = new Heading(words, may, root).of(f);
        String summary = heading.what();
        return new FindingText(
                id(root + f.group()),
                kind,
                summary,
                f.conditions().stream().map(words::together).toList(),
                trace(d, d.before(), d.after()),
                trace(d, d.after(), d.before()),
                witness(f),
                f.vanishesUnder(),
                cause(f, root, reasons, may, heading.consequence()),
                f.pairs(),
                f.further());
    }

    private Review.Cause cause(Finding f, String root, List<Integer> reasons, List<PatchHunk> may, String consequence) {
        List<String> quote = new Quote(PatchHunk.lines(may)).about(places(f.example(), root));
        if (quote.isEmpty() && may.size() == 1) {
            quote = may.getFirst().lines();
        }
        List<String> quoted = quote;
        String place = may.stream()
                .filter(h -> !quoted.isEmpty() && new HashSet<>(h.lines()).containsAll(quoted))
                .map(PatchHunk::place)
                .findFirst()
                .orElse("");
        return new Review.Cause(reasons, place, quote, consequence, users(f));
    }

    private List<String> users(Finding f) {
        Set<String> set = new LinkedHashSet<>();
        f.witness().forEach((e, v) -> set.addAll(words.flags(e, v)));
        return users.stream()
                .filter(u -> u.flags().stream().anyMatch(set::contains))
                .map(FlagUsers::words)
                .toList();
    }

    /** A finding by what it is of alone. */
    FindingText unwritten(Finding f, Review.Verdict kind, String root) {
        String summary = "behaviour differs in " + root + "(), and how could not be put into words";
        return new FindingText(
                id(summary + f.group()),
                kind,
                summary,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                f.vanishesUnder(),
                Review.Cause.UNKNOWN,
                f.pairs(),
                f.further());
    }

    private String id(String summary) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((arch + "\n" + summary).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 5);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private List<TraceLine> trace(Difference d, Path p, Path other) {
        List<TraceLine> lines = new ArrayList<>();
        for (int i = 0; i < p.events().size(); i++) {
            Event e = p.events().get(i);
            boolean told = i == d.at() && d.kind() == Difference.Kind.MEMORY;
            String memory = told ? memory(e, other.events().get(i)) : "";
            lines.add(new TraceLine(i == d.at() ? text(e, d) : text(e), memory, e.place(), i >= d.at()));
        }
        if (p.outcome() instanceof Outcome.BoundReached cut) {
            lines.add(TraceLine.cut(cut.where()));
        }
        return lines;
    }

    /** Functions that the difference is in, the nearest first. */
    private static List<String> places(Difference d, String root) {
        List<String> names = new ArrayList<>();
        for (Path p : List.of(d.before(), d.after())) {
            if (d.at() < p.events().size()) {
                boolean end = p.events().get(d.at()).kind() == Event.Kind.RETURN;
                if (!end || d.at() > 0) {
                    names.add(p.events().get(end ? d.at() - 1 : d.at()).name());
                }
                names.add(p.events().get(d.at()).place().replaceAll("\\+0x.*", ""));
            }
        }
        names.add(root);
        return names;
    }

    /** An exit leaves with every register: told is the one that differs. */
    private String text(Event e, Difference d) {
        if (e.kind() != Event.Kind.EXIT || d.kind() != Difference.Kind.ARGUMENTS) {
            return text(e);
        }
        int number = Integer.parseInt(d.detail().replaceAll("\\D", ""));
        return e.name() + " with " + words.arguments(List.of(e.arguments().get(number - 1)));
    }

    private String text(Event e) {
        return switch (e.kind()) {
            case EXIT -> e.name();
            case CALL -> e.name() + "(" + words.arguments(e.arguments()) + ")";
            case RETURN ->
                e.arguments().isEmpty()
                        ? "return"
                        : "return " + result(e.arguments().getFirst());
            case SYSTEM, TRAP, WARNING ->
                e.arguments().isEmpty() ? e.name() : e.name() + " " + words.arguments(e.arguments());
        };
    }

    private String result(Expr value) {
        return switch (value) {
            case Expr.Const c when c.width() == 1 -> c.value() == 1 ? "true" : "false";
            case Expr e when e.width() == 1 -> "whether " + words.condition(e);
            default -> words.arguments(List.of(value));
        };
    }

    /** What shared memory holds at {@code e} where the other version has left something else. */
    private String memory(Event e, Event other) {
        List<String> cells = Heading.changed(words, e, other).stream()
                .map(c -> c.place() + " = " + c.before())
                .toList();
        int more = cells.size() - MOST_CELLS;
        return String.join("; ", cells.subList(0, Math.min(MOST_CELLS, cells.size())))
                + (more > 0 ? "; and " + more + " more" : "");
    }

    /** Flags and results by name; where pointers point is nothing a reader could use. */
    private List<Assignment> witness(Finding f) {
        Map<String, String> shown = new LinkedHashMap<>();
        f.witness().forEach((e, v) -> {
            boolean pointer = PerCpu.isOwnOffset(e)
                    || e instanceof Expr.Sym s
                            && Set.of("current", "regs", "stack").contains(s.name());
            boolean noise = e instanceof Expr.Sym s
                    && (s.name().startsWith("&")
                            || s.name().startsWith("undefined") && !s.name().endsWith("@entry"));
            if (!pointer && !noise) {
                words.parts(e, v, this::number).forEach(shown::putIfAbsent);
            }
        });
        return shown.entrySet().stream()
                .map(e -> new Assignment(e.getKey(), e.getValue()))
                .toList();
    }

    private String number(Expr e, long value) {
        boolean flags = value != 0 && Long.bitCount(value) <= 6 && words.hasNamedBits(e);
        return flags ? words.bits(e, value) : Long.toString(value);
    }
}
