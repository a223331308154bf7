// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.machine;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.patchoscope.semantics.arch.Abi;
import org.patchoscope.semantics.arch.ExceptionTable;
import org.patchoscope.semantics.arch.arm64.PatchCallback;
import org.patchoscope.semantics.environment.Environment;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.program.Location;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.program.Program.FunctionRef;
import org.patchoscope.semantics.trace.Premise;

/**
 * Places at which the running kernel's code is not what the object holds, or where another thing than the next
 * instruction may come: branches of static keys, alternatives, and instructions with an entry in the exception table.
 */
final class RuntimePatching {
    private final Program program;
    private final Exprs x;
    private final Environment environment;
    private final Abi abi;
    private final ExceptionTable exceptions;
    private final Numbered numbered;

    RuntimePatching(Program program, Environment environment, Abi abi, ExceptionTable exceptions) {
        this.program = program;
        this.x = program.exprs();
        this.environment = environment;
        this.abi = abi;
        this.exceptions = exceptions;
        this.numbered = new Numbered(x);
    }

    /** What is to be decided before the instruction at the state's place; null where it is executed as it stands. */
    Machine.@Nullable Step at(State s) {
        ObjectFile o = s.pc.object();
        ObjectFile.Place place = new ObjectFile.Place(s.pc.section(), s.pc.offset());
        ObjectFile.StaticKeySite key = o.keys().get(place);
        if (key != null) {
            return staticKey(s, key);
        }
        List<ObjectFile.Alternative> alternatives = o.alternatives().getOrDefault(place, List.of());
        if (s.alternativesRejected < alternatives.size()) {
            return alternative(s, alternatives.get(alternatives.size() - 1 - s.alternativesRejected));
        }
        s.alternativesRejected = 0;
        ObjectFile.Fixup fixup = o.fixups().get(place);
        if (fixup != null && !s.fixupDecided) {
            return fixup(s, fixup);
        }
        s.fixupDecided = false;
        return null;
    }

    private Machine.Step staticKey(State s, ObjectFile.StaticKeySite site) {
        Lifted here = program.at(s.pc);
        Location next = s.pc.at(s.pc.offset() + here.length());
        Location target = s.pc.at(site.target());
        Optional<Boolean> fixed = environment.staticKey(site.key());
        fixed.ifPresent(on -> s.notes.add(new Premise.FixedKey(site.key())));
        Expr enabled = fixed.map(on -> x.constant(on ? 1 : 0, 1)).orElseGet(() -> x.sym("static_key:" + site.key(), 1));
        Expr taken = site.branch() ? x.not(enabled) : enabled;
        return new Machine.Step.Fork(taken, t -> go(t, target, Lifted.Kind.BRANCH), f -> go(f, next, Lifted.Kind.NOP));
    }

    private void go(State s, Location to, Lifted.Kind counted) {
        s.count(counted);
        s.pc = to;
    }

    private Machine.Step alternative(State s, ObjectFile.Alternative a) {
        Expr present = present(a.feature());
        Expr patched = a.negated() ? x.not(present) : present;
        Location resume = s.pc.at(a.site().offset() + a.length());
        if (!a.callback().isEmpty()) {
            return byCallback(a.callback(), patched, resume);
        }
        if (a.directCall()) {
            // The callee is what the pointer of the code that is compiled holds: the call is the same.
            s.alternativesRejected++;
            return new Machine.Step.Continue();
        }
        return new Machine.Step.Fork(patched, t -> replace(t, a, resume), f -> f.alternativesRejected++);
    }

    private Expr present(int feature) {
        String name = environment.featureName(feature);
        return environment
                .cpuFeature(feature)
                .or(() -> abi.alwaysPresent().test(feature, name) ? Optional.of(true) : Optional.empty())
                .map(on -> x.constant(on ? 1 : 0, 1))
                .orElseGet(() -> x.sym("cpu:" + name, 1));
    }

    private Machine.Step byCallback(String callback, Expr asked, Location resume) {
        PatchCallback does = PatchCallback.named(callback).orElse(null);
        return new Machine.Step.Fork(
                does == null ? asked : x.and(asked, does.when(x)),
                t -> {
                    t.alternativesRejected = 0;
                    t.patchedIn = new State.PatchedIn(
                            does == null
                                    ? List.of(new Op.Unsupported("code that " + callback
                                            + "() patches at boot, and what it makes of it is not known"))
                                    : does.code(x, program.at(t.pc)),
                            resume);
                },
                f -> f.alternativesRejected++);
    }

    private static void replace(State s, ObjectFile.Alternative a, Location resume) {
        s.alternativesRejected = 0;
        if (a.newLength() == 0) {
            s.pc = resume;
            return;
        }
        ObjectFile.Place r = a.replacement();
        s.replacement =
                new State.Replacement(new Location(s.pc.object(), r.section(), r.offset() + a.newLength()), resume);
        s.pc = new Location(s.pc.object(), r.section(), r.offset());
    }

    private Machine.Step fixup(State s, ObjectFile.Fixup f) {
        Optional<FunctionRef> entered = exceptions.entersAnew(f)
                ? program.startingAt(new Location(
                        s.pc.object(), f.target().section(), f.target().offset()))
                : Optional.empty();
        if (entered.isPresent()) {
            return new Machine.Step.Fork(
                    numbered.value(s, "return fault", 1, "the return to user mode faults#"),
                    t -> t.raised = "fault taken at " + entered.get().name() + "()",
                    n -> n.fixupDecided = true);
        }
        if (!exceptions.known(f)) {
            return Machine.fail(s, "exception table entry of type " + f.type());
        }
        if (!exceptions.expected(f)) {
            s.fixupDecided = true;
            return new Machine.Step.Continue();
        }
        Expr faults = numbered.value(s, "user access", 1, "user access faults#");
        return new Machine.Step.Fork(
                faults,
                t -> {
                    t.registers.putAll(exceptions.written(f));
                    t.pc = new Location(
                            t.pc.object(), f.target().section(), f.target().offset());
                },
                n -> n.fixupDecided = true);
    }
}
