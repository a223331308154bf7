// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count.exits;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.patchoscope.semantics.arch.Abi;
import org.patchoscope.semantics.arch.Vector;
import org.patchoscope.semantics.count.concrete.AddressSpace;
import org.patchoscope.semantics.count.concrete.Entered;
import org.patchoscope.semantics.count.concrete.TaskMemory;
import org.patchoscope.semantics.count.concrete.Uncounted;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.solver.Solver;

/** All ways from where the processor enters the kernel to an exit, through the assembly of a program; calls of C are not followed. */
public final class ExitPaths {
    private static final int MOST = 400;

    /** What was found. */
    public sealed interface Result {
        /** Every way there is. */
        record Ways(List<ExitPath> ways) implements Result {
            public Ways {
                ways = List.copyOf(ways);
            }
        }

        /** Not all of them could be followed, so nothing is said. */
        record NotFollowed(String reason) implements Result {}
    }

    private final Program program;
    private final Abi abi;
    private final Disassembler disassembler;
    private final Solver solver;
    private final Set<ObjectFile> followed = Collections.newSetFromMap(new IdentityHashMap<>());
    private final AddressSpace space;
    private final TaskMemory task;
    private final ExitFaults faults;

    /**
     * For one state of a tree.
     *
     * @param followed the objects whose code is followed
     * @param macros must have THREAD_SIZE
     * @param interruptsOff exit instructions before which interrupts must be off
     */
    public ExitPaths(
            Program program,
            Abi abi,
            Disassembler disassembler,
            Solver solver,
            List<ObjectFile> followed,
            Map<String, Long> macros,
            List<String> interruptsOff) {
        this.program = program;
        this.abi = abi;
        this.disassembler = disassembler;
        this.solver = solver;
        this.followed.addAll(followed);
        this.space = new AddressSpace(program.objects());
        this.task = new TaskMemory(
                program.exprs(),
                space,
                program.debug(),
                // Without it, any size will do: no way depends on where the stack ends.
                macros.containsKey("THREAD_SIZE") ? macros : Map.of("THREAD_SIZE", 16384L));
        this.faults = new ExitFaults(abi, task, Set.copyOf(interruptsOff));
    }

    /** The ways from the entry of that name. */
    public Result of(String entry) {
        OptionalLong address = space.global(entry);
        if (address.isEmpty()) {
            return new Result.NotFollowed("there is no " + entry);
        }
        Optional<Vector> vector = abi.vectors().apply(entry);
        if (vector.isEmpty()) {
            return new Result.NotFollowed("the processor does not enter the kernel at " + entry);
        }
        List<ExitPath> ways = new ArrayList<>();
        for (int origin = 0; origin < vector.get().origins().size(); origin++) {
            Entered entered = new Entered(entry, space.code(address.getAsLong()).orElseThrow(), vector.get(), origin);
            Optional<Result.NotFollowed> why = follow(entered, ways);
            if (why.isPresent()) {
                return why.get();
            }
        }
        return new Result.Ways(ways);
    }

    private Optional<Result.NotFollowed> follow(Entered entered, List<ExitPath> ways) {
        int most = ways.size() + MOST;
        Deque<List<Boolean>> open = new ArrayDeque<>(List.of(List.of()));
        try {
            while (!open.isEmpty()) {
                if (ways.size() == most) {
                    return Optional.of(new Result.NotFollowed("there are more than " + MOST + " paths"));
                }
                List<Boolean> choices = open.pop();
                ExitExplorer e = new ExitExplorer(program, abi, task, solver, disassembler, followed, faults, choices);
                ways.add(e.follow(entered));
                for (int i = choices.size(); i < e.taken().size(); i++) {
                    List<Boolean> other = new ArrayList<>(e.taken().subList(0, i));
                    other.add(false);
                    open.push(other);
                }
            }
        } catch (Uncounted e) {
            return Optional.of(new Result.NotFollowed(e.reason()));
        }
        return Optional.empty();
    }
}
