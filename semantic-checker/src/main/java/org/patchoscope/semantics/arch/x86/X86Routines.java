// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.arch.x86;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.patchoscope.semantics.arch.Abi;

/**
 * Assembly routines of the x86-64 kernel that code calls with a convention of their own. Sources:
 * arch/x86/entry/entry.S, entry_64.S and thunk.S, arch/x86/lib/retpoline.S, getuser.S and putuser.S.
 */
final class X86Routines {
    private X86Routines() {}

    static Map<String, Abi.Routine> all() {
        Map<String, Abi.Routine> all = new HashMap<>();
        all.put("write_ibpb", new Abi.Routine(Map.of(), List.of("rax", "rcx", "rdx"), false));
        all.put("clear_bhb_loop", new Abi.Routine(Map.of(), List.of("rax", "rcx"), false));
        for (String name : List.of("entry_untrain_ret", "srso_alias_untrain_ret")) {
            all.put(name, new Abi.Routine(Map.of(), List.of(), false));
        }
        for (String name : List.of(
                "preempt_schedule_thunk",
                "preempt_schedule_notrace_thunk",
                "__SCT__preempt_schedule",
                "__SCT__preempt_schedule_notrace")) {
            all.put(name, new Abi.Routine(Map.of(), List.of(), true));
        }
        for (int size = 1; size <= 8; size *= 2) {
            for (String kind : List.of("_", "_nocheck_")) {
                all.put("__get_user" + kind + size, new Abi.Routine(Map.of("rax", 64), List.of("rax", "rdx"), false));
                all.put("__put_user" + kind + size, put(8 * size));
            }
        }
        return Map.copyOf(all);
    }

    private static Abi.Routine put(int bits) {
        Map<String, Integer> arguments = new LinkedHashMap<>();
        arguments.put("rcx", 64);
        arguments.put("rax", bits);
        return new Abi.Routine(arguments, List.of("rcx", "rbx"), false);
    }
}
