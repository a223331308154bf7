// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.arm64;

import java.util.List;
import java.util.Map;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.SystemEffect;

/** Barriers, which others can see, and hints, which they cannot. */
final class Barriers {
    private Barriers() {}

    static void register(Map<String, Rule> rules) {
        // clrbhb keeps branch history of one side of an exception from steering the other: a barrier too.
        for (String form :
                List.of("isb", "dsb", "dmb", "csdb", "sb", "esb", "clrbhb", "ssbb", "pssbb", "psb", "tsb", "gcsb")) {
            rules.put(form, i -> {
                i.kind(Lifted.Kind.SYSTEM);
                i.effect(new SystemEffect.Barrier(i.decoded.text()));
            });
        }
        for (String form : List.of("nop", "bti", "hint")) {
            rules.put(form, i -> hint(i, Lifted.Kind.NOP));
        }
        for (String form : List.of("yield", "wfe", "wfi", "sev", "sevl", "dgh", "wfet", "wfit")) {
            rules.put(form, i -> hint(i, Lifted.Kind.SYSTEM));
        }
        for (String form : List.of("prfm", "prfum", "rprfm")) {
            rules.put(form, Barriers::prefetch);
        }
    }

    private static void hint(Insn i, Lifted.Kind kind) {
        i.kind(kind);
        i.effect(new SystemEffect.Hint(i.decoded.text()));
    }

    /** A prefetch changes no value; its address is not asked for, but its relocation is. */
    private static void prefetch(Insn i) {
        i.kind(Lifted.Kind.LOAD);
        Addresses.of(i, 1, 64);
        i.effect(new SystemEffect.Hint(i.mnemonic() + " " + i.name(0)));
    }
}
