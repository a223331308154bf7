// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.arch.arm64;

import java.util.HashMap;
import java.util.Map;
import org.patchoscope.semantics.arch.ExceptionTable;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.object.ObjectFile.Fixup;

/** {@code EX_TYPE_UACCESS_ERR_ZERO} and {@code EX_TYPE_KACCESS_ERR_ZERO} of arch/arm64/include/asm/asm-extable.h. */
record Arm64ExceptionTable(Exprs x) implements ExceptionTable {
    private static final int UACCESS = 2;
    private static final int KACCESS = 3;
    private static final int EFAULT = 14;
    private static final int NO_REGISTER = 31;

    /** User memory is accessed with instructions of its own. */
    @Override
    public boolean userAccess(Fixup f) {
        return false;
    }

    @Override
    public boolean expected(Fixup f) {
        return true;
    }

    @Override
    public boolean known(Fixup f) {
        return f.type() == UACCESS || f.type() == KACCESS;
    }

    @Override
    public Map<String, Expr> written(Fixup f) {
        Map<String, Expr> all = new HashMap<>();
        set(all, f.data() & 31, -EFAULT);
        set(all, f.data() >>> 5 & 31, 0);
        return Map.copyOf(all);
    }

    private void set(Map<String, Expr> all, int register, long value) {
        if (register != NO_REGISTER) {
            all.put("x" + register, x.constant(value, 64));
        }
    }
}
