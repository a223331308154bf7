// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.Assignment;
import org.patchoscope.bot.review.Review.FindingText;
import org.patchoscope.bot.review.Review.TraceLine;
import org.patchoscope.semantics.compare.Difference;
import org.patchoscope.semantics.compare.Finding;
import org.patchoscope.semantics.environment.PerCpu;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.machine.Cell;
import org.patchoscope.semantics.machine.Event;
import org.patchoscope.semantics.machine.Outcome;
import org.patchoscope.semantics.machine.Path;
import org.patchoscope.semantics.words.Words;

/** Turns a finding of the comparison into words. */
final class FindingWriter {
    private static final int MOST_CELLS = 8;

    private final Words words;
    private final MachineState state;
    private final String arch;

    FindingWriter(Words words, String arch) {
        this.words = words;
        this.state = new MachineState(words);
        this.arch = arch;
    }

    FindingText write(Finding f, Review.Verdict kind, String root, List<List<String>> hunks) {
        Difference d = f.example();
        String summary = summary(f, d, root);
        return new FindingText(
                id(summary),
                kind,
                summary,
                f.conditions().stream().map(words::together).toList(),
                trace(d, d.before(), d.after()),
                trace(d, d.after(), d.before()),
                witness(f),
                f.vanishesUnder(),
                new Quote(hunks).about(places(d, root)),
                f.pairs(),
                f.further());
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
                List.of(),
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

    private String summary(Finding f, Difference d, String root) {
        Event before = d.at() < d.before().events().size() ? d.before().events().get(d.at()) : null;
        Event after = d.at() < d.after().events().size() ? d.after().events().get(d.at()) : null;
        String left = name(before);
        String right = name(after);
        String group = f.group();
        String in = " in " + root + "()";
        if (group.startsWith("moved:")) {
            return right + " comes earlier than it did" + in + (after == null ? "" : state.moved(after, d.before()));
        }
        if (group.startsWith("sooner:")) {
            return right + " comes sooner than it did, or anew," + in;
        }
        if (group.startsWith("later:")) {
            return left + " comes later than it did, or no more," + in;
        }
        if (group.startsWith("lost:")) {
            return left + " does not happen any more" + in;
        }
        if (group.startsWith("gained:")) {
            return right + " happens where it did not before" + in
                    + (after == null ? "" : state.leaves(after, d.after()));
        }
        return switch (d.kind()) {
            case EVENTS -> right + " comes where " + left + " came before" + in;
            case ARGUMENTS ->
                left
                        + (after != null && after.kind() == Event.Kind.EXIT
                                ? " leaves with another value in " + state.registers(d)
                                : " is given a different " + d.detail())
                        + in;
            case MEMORY -> "memory differs at " + left + in;
            case RESULT ->
                root
                        + (otherType(d)
                                ? "() does not return what its old result stood for"
                                : "() returns a different value");
            case INTERRUPTS ->
                left + " runs with interrupts "
                        + interrupts(d.after().events().get(d.at())) + in + ", and formerly "
                        + interrupts(d.before().events().get(d.at()));
            case STACK -> left + " runs on another stack" + in;
            case CONTEXT ->
                d.detail().matches("[a-z]+\\d*")
                        ? root + "() does not give " + d.detail() + " back as its caller left it"
                        : left + " runs with another " + d.detail() + in
                                + state.between(
                                        d.before().events().get(d.at()),
                                        d.after().events().get(d.at()));
        };
    }

    private static String interrupts(Event e) {
        return e.interrupts().equals("entry") ? "as they were at the start" : e.interrupts();
    }

    private static boolean otherType(Difference d) {
        List<Expr> before = d.before().events().getLast().arguments();
        List<Expr> after = d.after().events().getLast().arguments();
        return !before.isEmpty()
                && !after.isEmpty()
                && before.getFirst().width() != after.getFirst().width();
    }

    private static String name(@org.jspecify.annotations.Nullable Event e) {
        if (e == null) {
            return "the end of the path";
        }
        return switch (e.kind()) {
            case CALL -> e.name().equals(Event.THROUGH_POINTER) ? "the call through a pointer" : e.name() + "()";
            case RETURN -> "the return";
            case SYSTEM, WARNING, TRAP, EXIT -> e.name();
        };
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
        List<String> cells = new ArrayList<>();
        Set<Cell> all = new LinkedHashSet<>(e.memory().keySet());
        all.addAll(other.memory().keySet());
        for (Cell c : all) {
            Event.Write a = e.memory().get(c);
            Event.Write b = other.memory().get(c);
            Expr here = a != null ? a.value() : Objects.requireNonNull(b).original();
            Expr there = b != null ? b.value() : Objects.requireNonNull(a).original();
            cells.addAll(words.differing(c, here, there));
        }
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
