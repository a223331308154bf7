// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.trace;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.patchoscope.semantics.arch.Context;
import org.patchoscope.semantics.expr.Expr;

/**
 * Something that the rest of the world can see.
 *
 * @param kind what it is
 * @param name the callee, or the instruction
 * @param occurrence 1 for the first event of this name on the path
 * @param arguments what is passed, each at its declared width
 * @param beyond for a call through a pointer, what the argument registers hold that debug information does
 *     not say are passed: they may be arguments, or left over; at the
 *     end of assembly what its callers may use
 * @param memory what the path has written to shared memory and nothing has overwritten since
 * @param interrupts the interrupt mask as the path left it: {@code entry}, {@code on} or {@code off}
 * @param stack what the stack pointer is counted from; a number where that is not known
 * @param context the processor's state, by the names of {@link Context}; without what the path has not changed; at the end of
 *     a C function also the registers that it gives back as they were, by theirs
 * @param place function and offset, for people
 */
public record Event(
        Kind kind,
        String name,
        int occurrence,
        List<Expr> arguments,
        List<Expr> beyond,
        Map<Cell, Write> memory,
        String interrupts,
        Expr stack,
        Map<String, Expr> context,
        String place) {
    public Event {
        arguments = List.copyOf(arguments);
        beyond = List.copyOf(beyond);
        context = Collections.unmodifiableMap(new LinkedHashMap<>(context));
    }

    /** The name of a write at a place that is not known. */
    public static final String INDEXED_WRITE = "write at a variable index";

    /** The name of a call whose callee is a value. */
    public static final String THROUGH_POINTER = "call through a pointer";

    /** The name of a return to another address than the caller's. */
    public static final String ELSEWHERE = "return to another address";

    /** The name of a jump of an entry's to an address that is a value. */
    public static final String JUMP = "jump to another address";

    /** A word that the path has changed, and what it would hold had it not. */
    public record Write(Expr value, Expr original) {}

    /** The kinds of event. */
    public enum Kind {
        CALL,
        SYSTEM,
        WARNING,
        TRAP,
        EXIT,
        /** The path ends by returning to its caller; the one argument, if any, is the result. */
        RETURN
    }

    /** The name that the answers of the world to this event carry, for example {@code ptrace_notify#1}. */
    public String tag() {
        return name + "#" + occurrence;
    }
}
