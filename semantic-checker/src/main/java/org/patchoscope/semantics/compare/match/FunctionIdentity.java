// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.expr.Substitution;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.machine.AccessOrder;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.program.Location;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.program.Program.FunctionRef;

/**
 * The code of a function in a form that does not change when it is moved: what every instruction does,
 * branches by distance, references by name, with its jump labels, alternatives and bug entries.
 */
final class FunctionIdentity {
    private final Program program;
    private final Map<String, List<Object>> forms = new HashMap<>();
    private final Map<String, Set<String>> callees = new HashMap<>();
    private final Map<String, Set<String>> references = new HashMap<>();
    private final Set<String> enteredInside = new LinkedHashSet<>();
    private final Set<String> called = new LinkedHashSet<>();
    private final Set<String> addressTaken = new LinkedHashSet<>();

    FunctionIdentity(Program program) {
        this.program = program;
    }

    /** The function's form; equal forms do the same where equal names mean the same. */
    List<Object> form(FunctionRef f) {
        List<Object> known = forms.get(key(f));
        if (known == null) {
            known = compute(f);
            forms.put(key(f), known);
        }
        return known;
    }

    /** Functions of the world that {@code f} calls, jumps to or takes the address of. */
    Set<String> callees(FunctionRef f) {
        form(f);
        return callees.getOrDefault(key(f), Set.of());
    }

    /** Functions that another one, of those whose form is known, enters elsewhere than at their start. */
    Set<String> enteredInside() {
        return Set.copyOf(enteredInside);
    }

    /**
     * Functions that are seen through others that call them. What is jumped to is not: a table of vectors jumps from
     * places that the processor enters. Nor is what code takes the address of.
     */
    Set<String> seenFromCallers() {
        Set<String> all = new LinkedHashSet<>(called);
        all.removeAll(addressTaken);
        return all;
    }

    /** Symbols that the code of {@code f} refers to. */
    Set<String> references(FunctionRef f) {
        form(f);
        return references.getOrDefault(key(f), Set.of());
    }

    private static String key(FunctionRef f) {
        return f.object().name() + ":" + f.name();
    }

    private List<Object> compute(FunctionRef f) {
        List<Object> form = new ArrayList<>();
        Set<String> used = new LinkedHashSet<>();
        long end = f.function().offset() + f.function().size();
        append(f, f.function().section(), f.function().offset(), end, form, used);
        callees.put(key(f), used);
        return form;
    }

    private void append(FunctionRef f, int section, long from, long to, List<Object> form, Set<String> used) {
        long at = from;
        while (at < to) {
            Location here = new Location(f.object(), section, at);
            Lifted i = program.at(here);
            tables(f, section, at, form, used);
            boolean goes = false;
            for (Op op : i.ops()) {
                Optional<Op.CodeTarget> target = goesTo(op);
                goes |= target.isPresent();
                target.flatMap(t -> program.target(here, t)).ifPresent(place -> {
                    reached(f, place, used);
                    if (op instanceof Op.Call) {
                        program.startingAt(place).filter(g -> !g.equals(f)).ifPresent(g -> called.add(g.name()));
                    }
                });
                form.add(normal(f, op));
                long order = order(op, i.text());
                if (order != 0) {
                    form.add(order);
                }
            }
            for (ObjectFile.Relocation r : f.object().relocationsIn(section, at, i.length())) {
                references.computeIfAbsent(key(f), k -> new LinkedHashSet<>()).add(r.symbol());
                Optional<Location> place = program.locate(f.object(), r.symbol(), 0);
                place.ifPresent(p -> reached(f, p, used));
                if (!goes) {
                    place.flatMap(program::startingAt).ifPresent(g -> addressTaken.add(g.name()));
                }
            }
            at += Math.max(1, i.length());
        }
    }

    private static long order(Op op, String text) {
        return switch (op) {
            case Op.Load l -> AccessOrder.kind(l.access(), false, text);
            case Op.Store s -> AccessOrder.kind(s.access(), true, text);
            default -> 0;
        };
    }

    private static Optional<Op.CodeTarget> goesTo(Op op) {
        if (op instanceof Op.Branch b) {
            return Optional.of(b.target());
        }
        if (op instanceof Op.Jump j) {
            return Optional.of(j.target());
        }
        return op instanceof Op.Call c ? Optional.of(c.target()) : Optional.empty();
    }

    private void reached(FunctionRef f, Location to, Set<String> used) {
        program.covering(to).ifPresent(g -> {
            boolean start = to.offset() == g.function().offset();
            if (start || !g.equals(f)) {
                used.add(g.name());
            }
            if (!start && !g.equals(f)) {
                enteredInside.add(g.name());
            }
        });
    }

    private void tables(FunctionRef f, int section, long at, List<Object> form, Set<String> used) {
        var place = new ObjectFile.Place(section, at);
        ObjectFile.StaticKeySite key = f.object().keys().get(place);
        if (key != null) {
            form.add(List.of("key", key.key(), key.target() - f.function().offset(), key.branch()));
        }
        ObjectFile.BugEntry bug = f.object().bugs().get(place);
        if (bug != null) {
            form.add(List.of("bug", bug.warning()));
        }
        ObjectFile.Fixup fixup = f.object().fixups().get(place);
        if (fixup != null) {
            form.add(List.of("fixup", fixup.target().offset() - f.function().offset(), fixup.type(), fixup.data()));
        }
        for (ObjectFile.Alternative a : f.object().alternatives().getOrDefault(place, List.of())) {
            form.add(List.of("alternative", a.feature(), a.negated(), a.directCall(), a.callback(), a.length()));
            if (a.callback().isEmpty() && a.newLength() > 0) {
                long start = a.replacement().offset();
                append(f, a.replacement().section(), start, start + a.newLength(), form, used);
            }
        }
    }

    private Object normal(FunctionRef f, Op op) {
        return switch (op) {
            case Op.Branch b -> new Op.Branch(b.condition(), normal(f, b.target()));
            case Op.Jump j -> new Op.Jump(normal(f, j.target()));
            case Op.Call c -> new Op.Call(normal(f, c.target()));
            case Op.Set s -> new Op.Set(s.register(), ownAddresses(f, s.value()));
            case Op.Undefine u -> u;
            case Op.Check c -> c;
            case Op.Repeat r -> r;
            case Op.Load l -> l;
            case Op.Store s -> s;
            case Op.Return r -> r;
            case Op.Effect e -> e;
            case Op.Exit e -> e;
            case Op.Trap t -> t;
            case Op.Unsupported u -> u;
        };
    }

    /** An address in the section of the code itself is told from the start of the function. */
    private Expr ownAddresses(FunctionRef f, Expr value) {
        Exprs x = program.exprs();
        Expr here = x.add(x.sym("&" + f.name(), 64), -f.function().offset());
        return new Substitution(x, e -> e instanceof Expr.Sym s && s.name().equals("&.") ? here : null).apply(value);
    }

    private Op.CodeTarget normal(FunctionRef f, Op.CodeTarget target) {
        if (!(target instanceof Op.CodeTarget.Local l)) {
            return target;
        }
        ObjectFile.Function own = f.function();
        if (own.contains(own.section(), l.offset())) {
            return new Op.CodeTarget.Local(l.offset() - own.offset());
        }
        return f.object()
                .functionAt(own.section(), l.offset())
                .map(g -> (Op.CodeTarget) new Op.CodeTarget.Symbol(g.name(), l.offset() - g.offset()))
                .orElse(target);
    }
}
