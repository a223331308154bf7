// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count.concrete;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.patchoscope.config.EntryPaths.Cpu;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.program.Location;
import org.patchoscope.semantics.program.Program;

/**
 * What the kernel makes of the jumps and calls to thunks that compilers write instead of {@code ret} and of indirect
 * branches: arch/x86/kernel/alternative.c, {@code patch_return()} and {@code patch_retpoline()}. Where a thunk stays, its own
 * code is executed (arch/x86/lib/retpoline.S).
 */
final class X86Thunks {
    private static final String RETURN = "__x86_return_thunk";
    private static final String INDIRECT = "__x86_indirect_thunk_";

    /** What a processor has is made dependent on where code lies (ITS), or calls are counted (CALL_DEPTH). */
    private static final Set<String> ELSEWHERE = Set.of("X86_FEATURE_INDIRECT_THUNK_ITS", "X86_FEATURE_CALL_DEPTH");

    /** RETPOLINE_THUNK_SIZE in arch/x86/include/asm/nospec-branch.h. */
    private static final int THUNK_SIZE = 32;

    private static final int LFENCE = 3;
    private static final int SHORT_BRANCH = 2;

    private static final int JUMP = 5;

    private final Program program;
    private final Exprs x;
    private final Set<String> features;
    private final String returnThunk;

    X86Thunks(Program program, Cpu cpu) {
        this.program = program;
        this.x = program.exprs();
        this.features = Set.copyOf(cpu.features());
        this.returnThunk = cpu.returnThunk();
    }

    /** Whether some object has the code of a thunk. */
    static boolean defines(Program program, String thunk) {
        return program.objects().stream()
                .anyMatch(o -> o.symbols().get(thunk) instanceof ObjectFile.Symbol s && s.section() != 0);
    }

    /** The instructions that take the place of one, ascending; none where it does not go to a thunk. */
    List<Lifted> patched(Location here, Lifted compiled) {
        if (compiled.kind() != Lifted.Kind.BRANCH) {
            return List.of();
        }
        return here.object().relocationsIn(here.section(), here.offset(), compiled.length()).stream()
                .filter(r -> r.symbol().equals(RETURN) || r.symbol().startsWith(INDIRECT))
                .findFirst()
                .map(r -> r.symbol().equals(RETURN) ? returning(compiled) : indirect(r, compiled))
                .orElse(List.of());
    }

    private List<Lifted> returning(Lifted compiled) {
        if (!(compiled.ops().getLast() instanceof Op.Return) || here(ELSEWHERE)) {
            return unknown(RETURN, compiled);
        }
        if (!features.contains("X86_FEATURE_RETHUNK")) {
            return List.of(new Lifted(compiled.offset(), 1, "ret", Lifted.Kind.BRANCH, compiled.ops()));
        }
        return returnThunk.isEmpty() || !defines(program, returnThunk)
                ? unknown(RETURN, compiled)
                : List.of(new Lifted(
                        compiled.offset(),
                        JUMP,
                        "jmp " + returnThunk,
                        Lifted.Kind.BRANCH,
                        List.of(new Op.Jump(new Op.CodeTarget.Symbol(returnThunk, 0)))));
    }

    private boolean here(Set<String> any) {
        return features.stream().anyMatch(any::contains);
    }

    private List<Lifted> indirect(ObjectFile.Relocation r, Lifted compiled) {
        boolean fenced = features.contains("X86_FEATURE_RETPOLINE_LFENCE");
        if (here(ELSEWHERE)) {
            return unknown(r.symbol(), compiled);
        }
        if (features.contains("X86_FEATURE_RETPOLINE") && !fenced) {
            return defines(program, r.symbol()) ? List.of(staying(r, compiled)) : unknown(r.symbol(), compiled);
        }
        Op last = compiled.ops().getLast();
        List<Lifted> code = new ArrayList<>();
        long end = compiled.offset() + compiled.length();
        List<Op> ops = compiled.ops();
        if (last instanceof Op.Branch b) {
            Op over = new Op.Branch(x.not(b.condition()), new Op.CodeTarget.Local(end));
            List<Op> decide = Stream.concat(ops.stream().limit(ops.size() - 1L), Stream.of(over))
                    .toList();
            code.add(new Lifted(compiled.offset(), SHORT_BRANCH, "jcc", Lifted.Kind.BRANCH, decide));
            ops = List.of(new Op.Jump(b.target()));
        }
        if (fenced) {
            code.add(new Lifted(next(code, compiled), LFENCE, "lfence", Lifted.Kind.SYSTEM, List.of()));
        }
        // ff /2 or ff /4, with a prefix for r8 to r15
        int length = isNewRegister(r) ? 3 : 2;
        long at = next(code, compiled);
        if (at + length > end) {
            return unknown(r.symbol(), compiled);
        }
        code.add(new Lifted(at, length, "jmp/call", Lifted.Kind.BRANCH, ops));
        if (at + length < end && !(last instanceof Op.Jump)) {
            code.add(new Lifted(at + length, (int) (end - at - length), "nop", Lifted.Kind.NOP, List.of()));
        }
        return code;
    }

    /** The call or jump to the thunk, as it is; the reference is relative to what follows it. */
    private static Lifted staying(ObjectFile.Relocation r, Lifted compiled) {
        Op.CodeTarget thunk = new Op.CodeTarget.Symbol(r.symbol(), r.addend() + 4);
        List<Op> ops = new ArrayList<>(compiled.ops());
        Op last = ops.removeLast();
        ops.add(
                switch (last) {
                    case Op.Call c -> new Op.Call(thunk);
                    case Op.Branch b -> new Op.Branch(b.condition(), thunk);
                    default -> new Op.Jump(thunk);
                });
        return new Lifted(compiled.offset(), compiled.length(), compiled.text(), compiled.kind(), ops);
    }

    /** Thunks of an array are in the machine's order of registers; the reference is relative to what follows it. */
    private static boolean isNewRegister(ObjectFile.Relocation r) {
        return r.symbol().equals(INDIRECT + "array")
                ? r.addend() + 4 >= 8 * THUNK_SIZE
                : r.symbol().matches(INDIRECT + "r[0-9]+");
    }

    private static long next(List<Lifted> code, Lifted compiled) {
        return code.isEmpty()
                ? compiled.offset()
                : code.getLast().offset() + code.getLast().length();
    }

    private static List<Lifted> unknown(String thunk, Lifted compiled) {
        Op op = new Op.Unsupported("what the kernel makes of " + thunk);
        return List.of(new Lifted(compiled.offset(), compiled.length(), compiled.text(), compiled.kind(), List.of(op)));
    }
}
