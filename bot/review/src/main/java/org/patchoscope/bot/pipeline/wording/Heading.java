// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline.wording;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.patchoscope.semantics.compare.verdict.CallsAround;
import org.patchoscope.semantics.compare.verdict.Difference;
import org.patchoscope.semantics.compare.verdict.Finding;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.trace.Cell;
import org.patchoscope.semantics.trace.Event;
import org.patchoscope.semantics.words.Words;

/** The sentence that names what changed, as the source names it: the call, the store, the value, the register. */
final class Heading {
    /** A value that is longer than this says more below the heading than in it. */
    private static final int LONGEST_VALUE = 40;

    /**
     * A heading.
     *
     * @param what one sentence without a full stop
     * @param consequence what the world sees, where {@code what} names a call around it; a clause, or empty
     */
    record Text(String what, String consequence) {}

    private final Words words;
    private final MachineState state;
    private final List<PatchHunk> hunks;
    private final String root;

    Heading(Words words, List<PatchHunk> hunks, String root) {
        this.words = words;
        this.state = new MachineState(words);
        this.hunks = hunks;
        this.root = root;
    }

    Text of(Finding f) {
        Difference d = f.example();
        Event before = event(d.before().events(), d.at());
        Event after = event(d.after().events(), d.at());
        String in = " in " + root + "()";
        return switch (f.group().turn()) {
            case MOVED ->
                new Text(
                        name(after) + " comes earlier than before" + in
                                + (after == null ? "" : state.moved(after, d.before())),
                        "");
            case SOONER -> new Text(name(after) + " comes earlier than before, or once more," + in, "");
            case LATER -> new Text(name(before) + " comes later than before, or no longer," + in, "");
            case LOST -> {
                String gone = name(before) + " is no longer " + happens(before);
                yield inside(d.around().onlyBefore(), '-')
                        .map(call -> new Text(call + "() is no longer called" + in, gone))
                        .orElseGet(() -> new Text(gone + in, ""));
            }
            case GAINED -> {
                String leaves = after == null ? "" : state.leaves(after, d.after());
                String now = name(after) + " is " + happens(after) + " where it was not before";
                yield inside(d.around().onlyAfter(), '+')
                        .map(call -> new Text(call + "() is called where it was not before" + in, now + leaves))
                        .orElseGet(() -> new Text(now + in + leaves, ""));
            }
            case OTHER -> new Text(other(d, before, after, in), "");
        };
    }

    private String other(Difference d, @Nullable Event before, @Nullable Event after, String in) {
        String at = name(before);
        return switch (d.kind()) {
            case EVENTS -> name(after) + " comes where " + at + " came before" + in;
            case ARGUMENTS ->
                at
                        + (after != null && after.kind() == Event.Kind.EXIT
                                ? " leaves with another value in " + state.registers(d)
                                : " gets another " + d.detail())
                        + in;
            case MEMORY -> memory(Objects.requireNonNull(before), Objects.requireNonNull(after)) + in;
            case RESULT -> result(before, after);
            case INTERRUPTS ->
                at + " runs with interrupts " + interrupts(after) + " instead of " + interrupts(before) + in;
            case STACK -> at + " runs on another stack" + in;
            case CONTEXT ->
                d.detail().matches("[a-z]+\\d*")
                        ? root + "() does not give " + d.detail() + " back as its caller left it"
                        : at + " runs with another " + d.detail() + in
                                + state.between(Objects.requireNonNull(before), Objects.requireNonNull(after));
        };
    }

    private String result(@Nullable Event before, @Nullable Event after) {
        List<Expr> old = before == null ? List.of() : before.arguments();
        List<Expr> now = after == null ? List.of() : after.arguments();
        if (old.size() == 1 && now.size() == 1) {
            if (old.getFirst().width() != now.getFirst().width()) {
                return root + "() does not return what its old result stood for";
            }
            if (old.getFirst() instanceof Expr.Const && now.getFirst() instanceof Expr.Const) {
                return root + "() returns " + words.arguments(now) + " instead of " + words.arguments(old);
            }
        }
        return root + "() returns another value";
    }

    /** What memory differs in at an event that both versions have. */
    private String memory(Event one, Event two) {
        List<Words.Changed> all = changed(words, one, two);
        if (all.isEmpty()) {
            return "memory differs at " + name(one);
        }
        Words.Changed first = all.getFirst();
        String where = one.kind() == Event.Kind.RETURN ? "" : " before " + name(one);
        String more = all.size() == 1 ? "" : " (and " + (all.size() - 1) + " more)";
        if (first.afterKept()) {
            return first.place() + " is no longer set" + to(first.before()) + where + more;
        }
        if (first.beforeKept()) {
            return first.place() + " is now set" + to(first.after()) + where + more;
        }
        boolean known = isShort(first.before()) && isShort(first.after());
        return first.place()
                + (known ? " is " + first.after() + " instead of " + first.before() : " has another value")
                + (where.isEmpty() ? "" : " at " + name(one))
                + more;
    }

    private static String to(String value) {
        return isShort(value) ? " to " + value : "";
    }

    private static boolean isShort(String value) {
        return value.length() <= LONGEST_VALUE && !value.contains("?");
    }

    /** Members that shared memory has with other values at the two events. */
    static List<Words.Changed> changed(Words words, Event one, Event two) {
        Set<Cell> all = new LinkedHashSet<>(one.memory().keySet());
        all.addAll(two.memory().keySet());
        List<Words.Changed> out = new ArrayList<>();
        for (Cell c : all) {
            Event.Write a = one.memory().get(c);
            Event.Write b = two.memory().get(c);
            Expr was = a != null ? a.original() : Objects.requireNonNull(b).original();
            out.addAll(words.changed(c, a != null ? a.value() : was, b != null ? b.value() : was, was));
        }
        return List.copyOf(out);
    }

    /**
     * The outermost call that the patch names or that stands in a function it changes, of those that one version alone makes. Where
     * the other has no code of it, only lines of the patch that are {@code marked} so can say that it is not in the source.
     */
    private Optional<String> inside(List<CallsAround.Call> only, char marked) {
        return only.stream()
                .filter(c -> !c.callee().equals(root)
                        && hunks.stream()
                                .anyMatch(h -> c.reachable()
                                        ? h.names(c.callee()) || h.functions().contains(c.caller())
                                        : h.namesOnly(c.callee(), marked)))
                .map(CallsAround.Call::callee)
                .findFirst();
    }

    private static String interrupts(@Nullable Event e) {
        return e == null || e.interrupts().equals("entry") ? "as they were at the start" : e.interrupts();
    }

    private static @Nullable Event event(List<Event> events, int at) {
        return at < events.size() ? events.get(at) : null;
    }

    private static String happens(@Nullable Event e) {
        return e == null
                ? "reached"
                : switch (e.kind()) {
                    case CALL -> e.name().equals(Event.THROUGH_POINTER) ? "made" : "called";
                    case SYSTEM, EXIT -> "executed";
                    case RETURN, WARNING, TRAP -> "reached";
                };
    }

    static String name(@Nullable Event e) {
        if (e == null) {
            return "the end of the path";
        }
        return switch (e.kind()) {
            case CALL -> e.name().equals(Event.THROUGH_POINTER) ? "the call through a pointer" : e.name() + "()";
            case RETURN -> "the return";
            case SYSTEM, WARNING, TRAP, EXIT -> e.name();
        };
    }
}
