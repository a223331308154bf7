// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.program;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.patchoscope.semantics.arch.Abi;
import org.patchoscope.semantics.arch.arm64.PatchCallback;
import org.patchoscope.semantics.expr.Bits;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.expr.FewValues;
import org.patchoscope.semantics.expr.Substitution;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.program.Program.FunctionRef;
import org.patchoscope.semantics.solver.Unknowns;

/**
 * Which few numbers a function can return, whatever its loops do: what each register may hold is carried along all ways
 * of the code, conditions left out of account, until nothing is new (abstract interpretation with sets of constants). A
 * number too much may be found, but none is missed; where a way cannot be followed nothing is said.
 */
public final class ReturnedNumbers {
    private static final int MOST = 4;
    private static final int DEEPEST = 6;

    private final Program program;
    private final Abi abi;
    private final Exprs x;
    private final ControlFlow flow;
    private final FewValues few;
    private final Map<FunctionRef, Optional<Set<Long>>> known = new HashMap<>();
    private final Deque<FunctionRef> asked = new ArrayDeque<>();

    public ReturnedNumbers(Program program, Abi abi) {
        this.program = program;
        this.abi = abi;
        this.x = program.exprs();
        this.flow = new ControlFlow(program);
        this.few = new FewValues(x);
    }

    /** A way that is not followed. */
    private static final class Lost extends Exception {
        private static final long serialVersionUID = 1L;

        Lost() {
            super("", null, false, false);
        }
    }

    /** The numbers, as unsigned ones of the result's width; empty if they are many or not known. */
    public Optional<Set<Long>> of(FunctionRef f) {
        var type = program.debug().prototypes().get(f.name());
        int bytes = type == null ? 0 : type.result().size();
        if (bytes == 0 || bytes > 8) {
            return Optional.empty();
        }
        Set<Long> cut = new TreeSet<>();
        Optional<Set<Long>> all = inRegister(f);
        all.ifPresent(s -> s.forEach(v -> cut.add(v & Bits.mask(8 * bytes))));
        return all.map(s -> cut);
    }

    private Optional<Set<Long>> inRegister(FunctionRef f) {
        Optional<Set<Long>> done = known.get(f);
        if (done == null) {
            if (asked.contains(f) || asked.size() > DEEPEST) {
                return Optional.empty();
            }
            asked.push(f);
            done = fixpoint(f);
            asked.pop();
            known.put(f, done);
        }
        return done;
    }

    /** Of a function that calls itself, what it returns there is what has been found so far. */
    private Optional<Set<Long>> fixpoint(FunctionRef f) {
        Set<Long> own = Set.of();
        try {
            while (true) {
                Set<Long> found = new Walk(f, own).returned();
                if (own.containsAll(found)) {
                    return Optional.of(own);
                }
                own = found;
            }
        } catch (Lost e) {
            return Optional.empty();
        }
    }

    /** One walk through a function, whose calls of itself return {@code own}. */
    private final class Walk {
        private final FunctionRef f;
        private final Set<Long> own;
        private final Map<Location, Map<String, Set<Long>>> entered = new HashMap<>();
        private final Deque<Location> open = new ArrayDeque<>();
        private final Set<Long> all = new TreeSet<>();

        Walk(FunctionRef f, Set<Long> own) {
            this.f = f;
            this.own = own;
        }

        Set<Long> returned() throws Lost {
            enter(f.entry(), Map.of());
            while (!open.isEmpty()) {
                step(open.pop());
            }
            return all;
        }

        private void enter(Location at, Map<String, Set<Long>> registers) {
            Map<String, Set<Long>> before = entered.get(at);
            Map<String, Set<Long>> now = before == null ? registers : joined(before, registers);
            if (!now.equals(before)) {
                entered.put(at, now);
                open.push(at);
            }
        }

        private void step(Location at) throws Lost {
            Lifted i = program.at(at);
            Map<String, Set<Long>> in = Objects.requireNonNull(entered.get(at));
            Map<String, Set<Long>> registers = new LinkedHashMap<>(in);
            for (Op op : i.ops()) {
                execute(op, at, registers);
            }
            ObjectFile.Place place = new ObjectFile.Place(at.section(), at.offset());
            boolean faults = at.object().fixups().containsKey(place);
            List<ObjectFile.Alternative> alternatives =
                    at.object().alternatives().getOrDefault(place, List.of());
            Location next = at.at(at.offset() + i.length());
            for (Location to : flow.successors(f, at)) {
                // What handles a fault may set any register.
                boolean handler = (faults || !alternatives.isEmpty()) && !to.equals(next);
                enter(to, handler ? Map.of() : registers);
            }
            for (ObjectFile.Alternative a : alternatives) {
                replaced(a, at, in);
            }
        }

        /** The code that an alternative puts in the place of what is there. */
        private void replaced(ObjectFile.Alternative a, Location at, Map<String, Set<Long>> in) throws Lost {
            Map<String, Set<Long>> registers = new LinkedHashMap<>(in);
            Location code = new Location(
                    at.object(), a.replacement().section(), a.replacement().offset());
            for (long done = 0; a.callback().isEmpty() && done < a.newLength(); ) {
                Location here = code.at(code.offset() + done);
                Lifted i = program.at(here);
                for (Op op : i.ops()) {
                    execute(op, here, registers);
                    for (Op.CodeTarget target : targets(op)) {
                        enter(program.target(here, target).orElseThrow(Lost::new), Map.of());
                    }
                }
                done += i.length();
            }
            boolean kept = a.callback().isEmpty()
                    || PatchCallback.named(a.callback())
                            .filter(PatchCallback::setsNothing)
                            .isPresent();
            enter(at.at(at.offset() + a.length()), kept ? registers : Map.of());
        }

        private static List<Op.CodeTarget> targets(Op op) {
            return switch (op) {
                case Op.Branch b -> List.of(b.target());
                case Op.Jump j -> List.of(j.target());
                default -> List.of();
            };
        }

        private void execute(Op op, Location at, Map<String, Set<Long>> registers) throws Lost {
            switch (op) {
                case Op.Set s -> put(registers, s.register(), value(s.value(), registers));
                case Op.Load l -> registers.remove(l.target());
                case Op.Undefine u -> registers.remove(u.register());
                case Op.Effect e -> e.results().forEach(r -> registers.remove(r.register()));
                case Op.Repeat r -> registers.clear();
                case Op.Call c -> call(c.target(), at, registers);
                case Op.Branch b -> within(b.target(), at);
                case Op.Jump j -> within(j.target(), at);
                case Op.Return r -> all.addAll(result(registers));
                case Op.Unsupported u -> throw new Lost();
                case Op.Store s -> {}
                case Op.Check c -> {}
                case Op.Trap t -> {}
                case Op.Exit e -> {}
            }
        }

        private Set<Long> result(Map<String, Set<Long>> registers) throws Lost {
            Set<Long> values = registers.get(abi.result());
            if (values == null) {
                throw new Lost();
            }
            return values;
        }

        /** A jump out of the function is a call in tail position. */
        private void within(Op.CodeTarget target, Location at) throws Lost {
            Location to = program.target(at, target).orElseThrow(Lost::new);
            if (to.object() == at.object() && f.function().contains(to.section(), to.offset())) {
                return;
            }
            FunctionRef g = program.startingAt(to).orElseThrow(Lost::new);
            all.addAll(g.equals(f) ? own : inRegister(g).orElseThrow(Lost::new));
        }

        private void call(Op.CodeTarget target, Location at, Map<String, Set<Long>> registers) {
            Optional<FunctionRef> g = target instanceof Op.CodeTarget.Indirect
                    ? Optional.empty()
                    : program.target(at, target).flatMap(program::startingAt);
            boolean ordinary =
                    !(target instanceof Op.CodeTarget.Symbol y && abi.routines().containsKey(y.name()));
            registers.keySet().removeIf(r -> !(ordinary && abi.preserved().contains(r)));
            Set<Long> result = g.isEmpty() || !ordinary
                    ? null
                    : g.get().equals(f) ? own : inRegister(g.get()).orElse(null);
            put(registers, abi.result(), result);
        }

        private @Nullable Set<Long> value(Expr e, Map<String, Set<Long>> registers) {
            boolean never = Unknowns.of(List.of(e)).stream()
                    .anyMatch(u -> u instanceof Expr.Reg r && Set.of().equals(registers.get(r.name())));
            if (never) {
                return Set.of(); // the function would have to return from itself without returning first
            }
            Expr put = new Substitution(x, n -> n instanceof Expr.Reg r ? choice(r, registers.get(r.name())) : null)
                    .apply(e);
            return few.of(put).filter(s -> s.size() <= MOST).orElse(null);
        }

        /** One of a register's values, by truth values that stand for what is not looked at. */
        private Expr choice(Expr.Reg r, @Nullable Set<Long> values) {
            if (values == null) {
                return x.sym("any " + r.name() + " " + r.width(), r.width());
            }
            Expr one = null;
            for (long v : values) {
                Expr c = x.constant(v, r.width());
                one = one == null ? c : x.ite(x.sym("is " + r.name() + " " + v, 1), c, one);
            }
            return Objects.requireNonNull(one);
        }
    }

    private static void put(Map<String, Set<Long>> registers, String register, @Nullable Set<Long> values) {
        if (values == null) {
            registers.remove(register);
        } else {
            registers.put(register, Set.copyOf(values));
        }
    }

    private static Map<String, Set<Long>> joined(Map<String, Set<Long>> a, Map<String, Set<Long>> b) {
        Map<String, Set<Long>> all = new LinkedHashMap<>();
        a.forEach((r, values) -> {
            Set<Long> others = b.get(r);
            if (others != null) {
                Set<Long> both = new HashSet<>(values);
                both.addAll(others);
                if (both.size() <= MOST) {
                    all.put(r, Set.copyOf(both));
                }
            }
        });
        return all;
    }
}
