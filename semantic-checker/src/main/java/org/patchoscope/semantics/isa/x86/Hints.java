// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.x86;

import java.util.List;
import java.util.Map;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.SystemEffect;

/** Instructions without an effect on values or on what others see. */
final class Hints {
    private Hints() {}

    static void register(Map<String, Rule> rules) {
        for (String form : List.of("nop", "endbr64", "endbr32", "fnop")) {
            rules.put(form, i -> hint(i, Lifted.Kind.NOP));
        }
        rules.put("pause", i -> hint(i, Lifted.Kind.SYSTEM));
        for (String form : List.of("prefetchnta", "prefetcht0", "prefetcht1", "prefetcht2", "prefetch", "prefetchw")) {
            rules.put(form, i -> {
                i.address(0);
                hint(i, Lifted.Kind.LOAD);
            });
        }
    }

    private static void hint(Insn i, Lifted.Kind kind) {
        i.kind(kind);
        if (i.count() > 0 && i.mnemonic().equals("nop") && i.isMemory(0)) {
            i.address(0);
        }
        i.effect(new SystemEffect.Hint(i.mnemonic()));
    }
}
