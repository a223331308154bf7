// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.arch;

import java.util.Map;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.object.ObjectFile.Fixup;

/** What the entries of an architecture's exception table mean. */
public interface ExceptionTable {
    /** Whether the instruction accesses memory at an address that the user chose. */
    boolean userAccess(Fixup f);

    /** Whether the instruction faults on no machine that the kernel supports, so that this is not followed. */
    boolean expected(Fixup f);

    /** Whether the fault is delivered as an event of its own, to the function at the entry's target. */
    default boolean entersAnew(Fixup f) {
        return false;
    }

    /** What the handler writes, by register of 64 bits; nothing for a type that is not known. */
    Map<String, Expr> written(Fixup f);

    /** Whether {@link #written} knows the entry's type. */
    boolean known(Fixup f);
}
