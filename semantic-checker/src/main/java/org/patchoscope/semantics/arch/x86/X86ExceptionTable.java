// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.arch.x86;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.patchoscope.semantics.arch.ExceptionTable;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.object.ObjectFile.Fixup;

/**
 * Types of arch/x86/include/asm/extable_fixup_types.h, as arch/x86/mm/extable.c handles them. The entry's data
 * holds the number of a register (4 bits), two flags that clear {@code rax} and {@code rdx}, and above 8 bits
 * a signed number.
 */
record X86ExceptionTable(Exprs x) implements ExceptionTable {
    private static final int DEFAULT = 1;
    private static final int UACCESS = 3;
    private static final int WRMSR = 8;
    private static final int RDMSR = 9;
    private static final int WRMSR_SAFE = 10;
    private static final int RDMSR_SAFE = 11;
    private static final int IMMEDIATE = 17;
    /** {@code ex_handler_eretu()} in arch/x86/mm/extable.c delivers the fault as an event of its own. */
    private static final int ERETU = 21;

    private static final int EIO = 5;
    private static final Set<Integer> KNOWN = Set.of(DEFAULT, UACCESS, WRMSR, RDMSR, WRMSR_SAFE, RDMSR_SAFE, IMMEDIATE);
    /** In the order of their numbers in instructions. */
    private static final List<String> REGISTERS = List.of(
            "rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12", "r13", "r14",
            "r15");

    @Override
    public boolean userAccess(Fixup f) {
        return f.type() == UACCESS || f.type() == IMMEDIATE;
    }

    /** An unsafe access to a register that is not there is a bug that the handler warns about. */
    @Override
    public boolean expected(Fixup f) {
        return f.type() != WRMSR && f.type() != RDMSR;
    }

    @Override
    public boolean entersAnew(Fixup f) {
        return f.type() == ERETU;
    }

    @Override
    public boolean known(Fixup f) {
        return KNOWN.contains(f.type());
    }

    @Override
    public Map<String, Expr> written(Fixup f) {
        Map<String, Expr> all = new HashMap<>();
        String register = REGISTERS.get(f.data() & 15);
        switch (f.type()) {
            case WRMSR_SAFE, RDMSR_SAFE -> set(all, register, -EIO);
            case IMMEDIATE -> set(all, register, (short) (f.data() >>> 8));
            default -> {}
        }
        if ((f.data() >>> 4 & 1) != 0) {
            set(all, "rax", 0);
        }
        if ((f.data() >>> 4 & 2) != 0) {
            set(all, "rdx", 0);
        }
        return Map.copyOf(all);
    }

    private void set(Map<String, Expr> all, String register, long value) {
        all.put(register, x.constant(value, 64));
    }
}
