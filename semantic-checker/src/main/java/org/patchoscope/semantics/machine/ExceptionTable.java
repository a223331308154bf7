// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.machine;

import org.patchoscope.semantics.object.ObjectFile.Fixup;

/** What the entries of an architecture's exception table mean. */
interface ExceptionTable {
    /** Whether the instruction accesses memory at an address that the user chose. */
    boolean userAccess(Fixup f);

    /** Whether the instruction faults on no machine that the kernel supports, so that this is not followed. */
    boolean expected(Fixup f);

    /** Whether the fault is delivered as an event of its own, to the function at the entry's target. */
    default boolean entersAnew(Fixup f) {
        return false;
    }

    /**
     * Changes registers as the handler does.
     *
     * @throws MemoryModel.Unmodelled if the entry's type is not known
     */
    void apply(State s, Fixup f);

    /** Whether {@link #apply} knows the entry's type. */
    boolean known(Fixup f);
}
