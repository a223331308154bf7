// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.program;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.isa.InstructionReloc;
import org.patchoscope.semantics.isa.Lifter;
import org.patchoscope.semantics.object.DebugInfo;
import org.patchoscope.semantics.object.ObjectFile;

/** The objects under simulation (the <em>world</em>) of one tree state, with their code lifted on demand. */
public final class Program {
    private final List<ObjectFile> objects;
    private final DebugInfo debug;
    private final Lifter lifter;
    private final Exprs exprs;
    private final ControlFlow flow = new ControlFlow(this);
    private final Map<FunctionRef, ControlFlowGraph> shapes = new HashMap<>();
    private final Map<Location, Lifted> lifted = new HashMap<>();
    private final Map<String, FunctionRef> globals = new HashMap<>();
    /** Global labels inside of functions, as assembly has them. */
    private final Map<String, Location> labels = new HashMap<>();

    /** A function and the object that defines it. */
    public record FunctionRef(ObjectFile object, ObjectFile.Function function) {
        /** Where it starts. */
        public Location entry() {
            return new Location(object, function.section(), function.offset());
        }

        public String name() {
            return function.name();
        }

        // An object is only equal to itself, and comparing or hashing all of its content takes half of a review.
        @Override
        public boolean equals(Object o) {
            return o instanceof FunctionRef f && f.object == object && f.function.equals(function);
        }

        @Override
        public int hashCode() {
            return object.name().hashCode() * 31 + function.hashCode();
        }
    }

    public Program(List<ObjectFile> objects, DebugInfo debug, Lifter lifter, Exprs exprs) {
        this.objects = List.copyOf(objects);
        this.debug = debug;
        this.lifter = lifter;
        this.exprs = exprs;
        for (ObjectFile o : this.objects) {
            o.functions().values().stream().filter(ObjectFile.Function::global).forEach(f -> {
                if (!isWeak(o, f.name()) || !globals.containsKey(f.name())) {
                    globals.put(f.name(), new FunctionRef(o, f));
                }
            });
            o.symbols().values().stream()
                    .filter(y -> y.global() && !y.weak() && isCode(o, y.section()))
                    .forEach(y -> labels.putIfAbsent(y.name(), new Location(o, y.section(), y.offset())));
        }
    }

    private static boolean isCode(ObjectFile o, int section) {
        return o.sections().stream().anyMatch(s -> s.index() == section && s.executable());
    }

    private static boolean isWeak(ObjectFile o, String name) {
        return o.symbols().get(name) instanceof ObjectFile.Symbol s && s.weak();
    }

    public List<ObjectFile> objects() {
        return objects;
    }

    public DebugInfo debug() {
        return debug;
    }

    public Exprs exprs() {
        return exprs;
    }

    /** The shape of a function's code. */
    public ControlFlowGraph shape(FunctionRef f) {
        ControlFlowGraph known = shapes.get(f);
        if (known == null) {
            known = new ControlFlowGraph(flow, f);
            shapes.put(f, known);
        }
        return known;
    }

    /** Where the instruction at {@code at} may lead within {@code f}; an indirect jump leads nowhere. */
    public List<Location> successors(FunctionRef f, Location at) {
        return flow.successors(f, at);
    }

    /** Whether the source has a function of that name here, by itself or inlined. */
    public boolean has(String name) {
        return function(name).isPresent() || debug.inlined().contains(name);
    }

    /** Whether one of some functions has code of a call of {@code callee}: an inlined copy, or, where it is never inlined, any call. */
    public boolean mayCall(Set<String> callers, String callee) {
        return debug.inlined().contains(callee)
                ? callers.stream()
                        .flatMap(c -> debug.copies().getOrDefault(c, List.of()).stream())
                        .anyMatch(c -> c.name().equals(callee))
                : function(callee).isPresent();
    }

    /** A function by name: a global one, else a local one of any object. */
    public Optional<FunctionRef> function(String name) {
        FunctionRef global = globals.get(name);
        if (global != null) {
            return Optional.of(global);
        }
        return objects.stream()
                .filter(o -> o.functions().containsKey(name))
                .findFirst()
                .map(o ->
                        new FunctionRef(o, Objects.requireNonNull(o.functions().get(name))));
    }

    /** Where a symbol used in {@code from} is defined within the world. */
    public Optional<Location> locate(ObjectFile from, String symbol, long addend) {
        ObjectFile.Symbol own = from.symbols().get(symbol);
        if (own != null && own.section() != 0 && !own.weak()) {
            return Optional.of(new Location(from, own.section(), own.offset() + addend));
        }
        FunctionRef global = globals.get(symbol);
        if (global != null && !isWeak(global.object(), symbol)) { // another object may override a weak one
            return Optional.of(new Location(
                    global.object(),
                    global.function().section(),
                    global.function().offset() + addend));
        }
        Location label = global == null ? labels.get(symbol) : null;
        if (label != null) {
            return Optional.of(label.at(label.offset() + addend));
        }
        for (ObjectFile.Section s : from.sections()) {
            if (s.executable() && s.name().equals(symbol)) {
                return Optional.of(new Location(from, s.index(), addend));
            }
        }
        return Optional.empty();
    }

    /** Where control goes from {@code from}, if that is within the world and known. */
    public Optional<Location> target(Location from, Op.CodeTarget target) {
        return switch (target) {
            case Op.CodeTarget.Local l -> Optional.of(from.at(l.offset()));
            case Op.CodeTarget.Symbol y ->
                StaticCalls.isTrampoline(y.name()) ? Optional.empty() : locate(from.object(), y.name(), y.addend());
            case Op.CodeTarget.Indirect i -> Optional.empty();
        };
    }

    /** The function whose code covers a place. */
    public Optional<FunctionRef> covering(Location l) {
        return l.object().functionAt(l.section(), l.offset()).map(f -> new FunctionRef(l.object(), f));
    }

    /** The function that starts exactly at a place. */
    public Optional<FunctionRef> startingAt(Location l) {
        return l.object()
                .functionAt(l.section(), l.offset())
                .filter(f -> f.offset() == l.offset())
                .map(f -> new FunctionRef(l.object(), f));
    }

    /** The instruction at a place. */
    public Lifted at(Location l) {
        Lifted known = lifted.get(l);
        if (known == null) {
            known = lift(l);
            lifted.put(l, known);
        }
        return known;
    }

    private Lifted lift(Location l) {
        // 15 bytes is the longest x86 instruction; the lifter keeps what lies inside the one it decodes.
        List<InstructionReloc> relocs = l.object().relocationsIn(l.section(), l.offset(), 15).stream()
                .filter(r -> r.offset() - l.offset() < 4 || !r.type().startsWith("R_AARCH64"))
                .map(r -> new InstructionReloc(r.type(), r.symbol(), r.addend(), (int) (r.offset() - l.offset())))
                .toList();
        byte[] code = l.object().sections().get(l.section()).data();
        return lifter.lift(exprs, code, l.offset(), relocs);
    }
}
