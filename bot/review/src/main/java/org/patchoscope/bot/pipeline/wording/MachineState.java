// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline.wording;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchoscope.semantics.compare.verdict.Difference;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.isa.ExitState;
import org.patchoscope.semantics.solver.Unknowns;
import org.patchoscope.semantics.trace.Event;
import org.patchoscope.semantics.trace.Path;
import org.patchoscope.semantics.words.Words;

/** Says what of the processor's state differs where a finding is told: flags, bases, registers that leave the kernel. */
final class MachineState {
    private final Words words;

    public MachineState(Words words) {
        this.words = words;
    }

    /** What differs at two events, as a part of a sentence; empty where nothing that both know does. */
    public String between(Event before, Event after) {
        List<String> parts = new ArrayList<>();
        after.context().forEach((part, value) -> {
            Expr old = before.context().get(part);
            if (old != null && old != value) {
                parts.add(part + " " + value(value) + " instead of " + value(old));
            }
        });
        return parts.isEmpty() ? "" : ", with " + listed(parts);
    }

    /** A flag that the processor has not changed on the way in is told by whose it is. */
    private String value(Expr e) {
        return e instanceof Expr.Extract bits && bits.operand() instanceof Expr.Sym s
                ? switch (s.name()) {
                    case "user flags" -> "as user mode had it";
                    case "interrupted flags" -> "as it was interrupted with";
                    default -> words.value(e);
                }
                : words.value(e);
    }

    /** The same for an event of the other path at another time. */
    public String moved(Event after, Path before) {
        return before.events().stream()
                .filter(e -> e.kind() == after.kind() && e.tag().equals(after.tag()))
                .findFirst()
                .map(e -> between(e, after))
                .orElse("");
    }

    /** Registers that leave the kernel with what an event has left in them; empty where none does. */
    public String leaves(Event e, Path path) {
        List<String> registers = new ArrayList<>();
        exit(path).ifPresent(exit -> {
            List<String> names = ExitState.names(exit.name());
            for (int i = 0; i < Math.min(names.size(), exit.arguments().size()); i++) {
                if (Unknowns.leaves(exit.arguments().get(i)).stream().anyMatch(u -> isFrom(u, e))) {
                    registers.add(names.get(i));
                }
            }
        });
        return registers.isEmpty()
                ? ""
                : ", and " + listed(registers) + " reach user mode or the interrupted code with what it leaves there";
    }

    private static boolean isFrom(Expr unknown, Event e) {
        return unknown instanceof Expr.Sym s && s.name().endsWith(" from " + e.tag());
    }

    private static Optional<Event> exit(Path path) {
        return path.events().isEmpty() || path.events().getLast().kind() != Event.Kind.EXIT
                ? Optional.empty()
                : Optional.of(path.events().getLast());
    }

    /** Registers in which an exit of the two paths leaves something else, by name. */
    public String registers(Difference d) {
        Event one = d.before().events().get(d.at());
        Event two = d.after().events().get(d.at());
        List<String> names = ExitState.names(two.name());
        List<String> other = new ArrayList<>();
        for (int i = 0;
                i
                        < Math.min(
                                names.size(),
                                Math.min(one.arguments().size(), two.arguments().size()));
                i++) {
            if (one.arguments().get(i) != two.arguments().get(i)) {
                other.add(names.get(i));
            }
        }
        return other.isEmpty() ? "a register" : listed(other);
    }

    private static String listed(List<String> all) {
        return all.size() < 2
                ? String.join("", all)
                : String.join(", ", all.subList(0, all.size() - 1)) + " and " + all.getLast();
    }
}
