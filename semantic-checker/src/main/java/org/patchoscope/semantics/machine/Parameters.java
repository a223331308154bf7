// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.machine;

import java.util.ArrayList;
import java.util.List;
import org.patchoscope.semantics.arch.Abi;
import org.patchoscope.semantics.object.DebugInfo;

/** Which register holds which parameter when a function is entered. */
final class Parameters {
    /** A register-sized parameter, or half of a 16-byte one. */
    record Parameter(String name, DebugInfo.Type type, String register) {}

    private Parameters() {}

    /**
     * The parameters of a function in registers. For a local function whose calling convention the
     * compiler changed, debug information says where each one is; one that is nowhere is not passed.
     *
     * @throws MemoryModel.Unmodelled if there are more than fit into registers
     */
    static List<Parameter> of(DebugInfo.Prototype type, Abi abi) {
        return type.ownConvention() ? own(type, abi) : standard(type, abi);
    }

    private static List<Parameter> own(DebugInfo.Prototype type, Abi abi) {
        List<Parameter> all = new ArrayList<>();
        for (int i = 0; i < type.parameters().size(); i++) {
            int r = type.registers().get(i);
            if (r == DebugInfo.NOT_KNOWN) {
                throw new MemoryModel.Unmodelled(
                        "where " + type.name() + "() gets " + name(type, i) + " is not in the debug information");
            }
            String register = r >= 0 && r < abi.dwarf().size() ? abi.dwarf().get(r) : "";
            if (abi.arguments().contains(register)) {
                all.add(new Parameter(name(type, i), type.parameters().get(i), register));
            }
        }
        return all;
    }

    private static List<Parameter> standard(DebugInfo.Prototype type, Abi abi) {
        List<Parameter> all = new ArrayList<>();
        boolean large = type.result().size() > 16 || type.parameters().stream().anyMatch(t -> t.size() > 16);
        if (large && !abi.largeByReference()) {
            throw new MemoryModel.Unmodelled(type.name() + " takes or returns a structure in memory");
        }
        int next = 0;
        for (int i = 0; i < type.parameters().size(); i++) {
            DebugInfo.Type t = type.parameters().get(i);
            int halves = t.size() > 8 && t.size() <= 16 ? 2 : 1;
            if (next + halves > abi.arguments().size()) {
                throw new MemoryModel.Unmodelled(type.name() + " takes arguments on the stack");
            }
            String name = name(type, i);
            for (int h = 0; h < halves; h++) {
                DebugInfo.Type part = halves == 2 ? new DebugInfo.Type("unsigned long", 8) : t;
                all.add(new Parameter(
                        h == 0 ? name : name + ".high", part, abi.arguments().get(next++)));
            }
        }
        return all;
    }

    /** Types of pointers to functions name no parameters. */
    private static String name(DebugInfo.Prototype type, int i) {
        return i < type.names().size() ? type.names().get(i) : "argument " + (i + 1);
    }
}
