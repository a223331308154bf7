// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count.concrete;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.layout.KernelStack;
import org.patchoscope.semantics.object.DebugInfo;

/** Where the current task and its stack are, and what memory holds at the start. */
public final class TaskMemory {
    private static final String TASK = "current";

    private final Exprs x;
    private final AddressSpace space;
    private final DebugInfo debug;
    private final long start;
    private final long size;
    private final long stackTop;

    /** {@code macros} must have THREAD_SIZE. */
    public TaskMemory(Exprs exprs, AddressSpace space, DebugInfo debug, Map<String, Long> macros) {
        this.x = exprs;
        this.space = space;
        this.debug = debug;
        this.start = space.reserve(TASK);
        this.size =
                KernelStack.end(macros, "THREAD_SIZE").orElseThrow(() -> new Uncounted("the tree has no THREAD_SIZE"));
        // Regions are aligned to more than twice the stack's size, as vectors that look for an overflow want it.
        this.stackTop = space.reserve("the stack") + size;
    }

    public AddressSpace space() {
        return space;
    }

    /** The current task's first byte. */
    public long start() {
        return start;
    }

    /** Whether an address lies in the current task. */
    public boolean contains(long address) {
        return space.outside(address).filter(TASK::equals).isPresent();
    }

    /** Where the user's registers lie at the end of the stack; the end itself if their structure is not known. */
    public long registers() {
        DebugInfo.Structure s = debug.structures().get("pt_regs");
        return s == null ? stackTop : stackTop - s.size();
    }

    /** Where the code segment's selector of interrupted registers is, if their structure is known. */
    public OptionalLong selector(long registers) {
        return debug.member("pt_regs", "cs").stream()
                .mapToLong(m -> registers + m.offset())
                .findFirst();
    }

    /** The stack pointer when the exception is taken. */
    public long stackTop() {
        return stackTop;
    }

    /** A variable, defined in any object or elsewhere. */
    public long variable(String name) {
        return space.global(name).orElseGet(() -> space.reserve(name));
    }

    /** Whether an address lies on the task's stack, its end included. */
    public boolean onStack(long address) {
        return address > stackTop - size && address <= stackTop;
    }

    /** A place in a variable, {@code name+0x4}. */
    long place(String name) {
        int plus = name.indexOf('+');
        return plus < 0 ? variable(name) : variable(name.substring(0, plus)) + Long.decode(name.substring(plus + 1));
    }

    /** The end of another stack than the task's, which is as large. */
    long stack(String name) {
        return space.reserve("the stack at " + name) + size;
    }

    /** What the word at an address holds before anything writes it. */
    public Expr initial(long address) {
        if (contains(address)
                && stackCell().filter(offset -> start + offset == address).isPresent()) {
            return x.constant(stackTop - size, 64);
        }
        OptionalLong constant = space.constant(address);
        return constant.isPresent()
                ? x.constant(constant.getAsLong(), 64)
                : x.sym("memory of " + describe(address), 64);
    }

    /** Where the current task says where its stack begins ({@code include/linux/sched.h}). */
    public Optional<Long> stackCell() {
        return debug.member("task_struct", "stack").map(m -> (long) m.offset());
    }

    private String describe(long address) {
        long offset = address - start;
        DebugInfo.Structure s = debug.structures().get("task_struct");
        if (s == null || offset < 0 || offset >= s.size()) {
            return space.describe(address);
        }
        DebugInfo.Member last = null;
        for (DebugInfo.Member m : s.members()) {
            if (m.offset() <= offset + 7 && (last == null || m.offset() >= last.offset())) {
                last = m;
            }
        }
        return last == null ? space.describe(address) : "task_struct." + last.name() + distance(offset - last.offset());
    }

    private static String distance(long offset) {
        return offset <= 0 ? "" : "+0x" + Long.toHexString(offset);
    }
}
