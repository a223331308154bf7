// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count.concrete;

import java.util.ArrayList;
import java.util.List;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;

/** Which nops of patched code the kernel makes into longer ones ({@code optimize_nops()}). */
enum X86Nops {
    /** Those of one byte, into nops of up to 8: Linux before alternatives had flags (6.1 and older). */
    SINGLE_BYTES(8),
    /** All, into one of up to 11 bytes; more is jumped over (6.4 and newer). */
    ALL(11);

    private final int longest;

    X86Nops(int longest) {
        this.longest = longest;
    }

    /** The instructions, ascending, with nops beside each other joined; the last one ends before {@code end}. */
    List<Lifted> joined(List<Lifted> code, long end) {
        List<Lifted> all = new ArrayList<>();
        for (int i = 0; i < code.size(); i++) {
            int last = i;
            while (isNop(code.get(i)) && last + 1 < code.size() && isNop(code.get(last + 1))) {
                last++;
            }
            if (last == i) {
                all.add(code.get(i));
            } else {
                long to = last + 1 < code.size() ? code.get(last + 1).offset() : end;
                join(code.get(i).offset(), to, all);
                i = last;
            }
        }
        return all;
    }

    private boolean isNop(Lifted i) {
        return i.kind() == Lifted.Kind.NOP
                && (this == ALL || i.length() == 1)
                && i.text().matches("((data16|cs) )*nop\\b.*");
    }

    private void join(long from, long to, List<Lifted> out) {
        if (this == ALL && to - from > longest) {
            out.add(jump(from, to - from < 128 ? 2 : 5, to));
            return;
        }
        for (long at = from; at < to; at += longest) {
            out.add(new Lifted(at, (int) Math.min(longest, to - at), "nop", Lifted.Kind.NOP, List.of()));
        }
    }

    /** A jump of so many bytes to a place in the same section. */
    static Lifted jump(long offset, int length, long target) {
        Op jump = new Op.Jump(new Op.CodeTarget.Local(target));
        return new Lifted(offset, length, "jmp", Lifted.Kind.BRANCH, List.of(jump));
    }
}
