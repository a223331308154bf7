// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.arm64;

import java.util.List;
import java.util.Map;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.SystemEffect;

/**
 * Pointer authentication, as if switched off: signing, checking and stripping leave the value as it is. That holds
 * for code that only signs, checks and uses the kernel's own pointers; it says nothing about a forged one. Whether a function
 * that signs its return address checks it too is looked at when it returns.
 */
final class PointerAuthentication {
    private PointerAuthentication() {}

    static void register(Map<String, Rule> rules) {
        for (String form : List.of("paciasp", "pacibsp", "autiasp", "autibsp", "xpaclri")) {
            rules.put(form, PointerAuthentication::hint);
        }
        for (String verb : List.of("pac", "aut")) {
            for (String form : List.of("ia", "ib", "da", "db", "iza", "izb", "dza", "dzb")) {
                rules.put(verb + form, PointerAuthentication::hint);
            }
            // Forms in the hint space: on x30, and on x17 with x16.
            for (String form : List.of("iaz", "ibz", "ia1716", "ib1716")) {
                rules.put(verb + form, PointerAuthentication::hint);
            }
        }
        rules.put("xpaci", PointerAuthentication::hint);
        rules.put("xpacd", PointerAuthentication::hint);
    }

    private static void hint(Insn i) {
        i.kind(Lifted.Kind.SYSTEM);
        i.effect(new SystemEffect.Hint(i.mnemonic()));
    }
}
