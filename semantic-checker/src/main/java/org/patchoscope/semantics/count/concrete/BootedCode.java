// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count.concrete;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.patchoscope.config.EntryPaths.Cpu;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.program.Location;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.program.Target;

/**
 * The code as a processor runs it after the kernel has patched itself: with alternatives and static keys
 * as the profile has them.
 */
public sealed interface BootedCode permits Arm64Code, X86Code {

    /** The code for a processor; {@code macros} number the CPU features. */
    static BootedCode of(Program program, Target target, Cpu cpu, Map<String, Long> macros) {
        return switch (target.arch()) {
            case "arm64" -> new Arm64Code(program, cpu, macros);
            case "x86_64" -> new X86Code(program, cpu, macros);
            default -> throw new Uncounted("how code is patched on " + target.arch() + " is not known");
        };
    }

    /** Whether a kernel is made for a processor: one without its return thunk is not. */
    static boolean isOf(Program program, Cpu cpu) {
        return cpu.returnThunk().isEmpty() || X86Thunks.defines(program, cpu.returnThunk());
    }

    /** The instruction at a place, with branch targets in the original code. */
    Lifted at(Location here);

    /** What the code leans on that the profile does not say. */
    List<String> notes();

    /** The numbers of a processor's features; one that the tree has no number for it does not ask for. */
    static Set<Long> features(Cpu cpu, Map<String, Long> macros) {
        Set<Long> present = new HashSet<>();
        for (String feature : cpu.features()) {
            if (macros.get(feature) instanceof Long number) {
                present.add(number);
            }
        }
        return Set.copyOf(present);
    }

    /** Nothing, as long as an instruction. */
    static Lifted nop(Lifted at) {
        return new Lifted(at.offset(), at.length(), "nop", Lifted.Kind.NOP, List.of());
    }

    /** An operation of a replacement where it comes to lie. */
    static Op moved(Op op, ObjectFile.Alternative a) {
        return switch (op) {
            case Op.Branch b -> new Op.Branch(b.condition(), moved(b.target(), a));
            case Op.Jump j -> new Op.Jump(moved(j.target(), a));
            case Op.Call c -> new Op.Call(moved(c.target(), a));
            case Op.Set s -> s;
            case Op.Load l -> l;
            case Op.Store s -> s;
            case Op.Return r -> r;
            case Op.Effect e -> e;
            case Op.Exit e -> e;
            case Op.Trap t -> t;
            case Op.Unsupported u -> u;
            case Op.Undefine u -> u;
            case Op.Check c -> c;
            case Op.Repeat r -> r;
        };
    }

    /** A branch within the replacement, or to its end, is one within the site. */
    private static Op.CodeTarget moved(Op.CodeTarget target, ObjectFile.Alternative a) {
        if (target instanceof Op.CodeTarget.Local l) {
            long distance = l.offset() - a.replacement().offset();
            if (distance >= 0 && distance <= a.newLength()) {
                return new Op.CodeTarget.Local(a.site().offset() + distance);
            }
        }
        return target;
    }
}
