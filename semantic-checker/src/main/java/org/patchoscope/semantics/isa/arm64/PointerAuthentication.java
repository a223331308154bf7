// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.arm64;

import java.util.List;
import java.util.Map;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.SystemEffect;

/**
 * Pointer authentication, as if switched off: signing, checking and stripping leave the value as it is. That holds
 * for code that only signs, checks and uses the kernel's own pointers; it says nothing about a forged one.
 */
final class PointerAuthentication {
    private PointerAuthentication() {}

    static void register(Map<String, Rule> rules) {
        for (String form : List.of("paciasp", "pacibsp", "autiasp", "autibsp", "xpaclri")) {
            rules.put(form, PointerAuthentication::hint);
        }
        for (String key : List.of("ia", "ib", "da", "db")) {
            for (String suffix : List.of("", "z", "1716")) {
                // For instruction keys pacia1716 and paciaz are hints on x17 and x30.
                rules.put("pac" + key + suffix, PointerAuthentication::hint);
                rules.put("aut" + key + suffix, PointerAuthentication::hint);
            }
            rules.put("pac" + key.charAt(0) + "z" + key.charAt(1), PointerAuthentication::hint);
            rules.put("aut" + key.charAt(0) + "z" + key.charAt(1), PointerAuthentication::hint);
        }
        rules.put("xpaci", PointerAuthentication::hint);
        rules.put("xpacd", PointerAuthentication::hint);
    }

    private static void hint(Insn i) {
        i.kind(Lifted.Kind.SYSTEM);
        i.effect(new SystemEffect.Hint(i.mnemonic()));
    }
}
