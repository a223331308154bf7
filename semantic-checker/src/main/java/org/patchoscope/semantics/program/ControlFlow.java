// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.program;

import java.util.ArrayList;
import java.util.List;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.program.Program.FunctionRef;

/** Which instruction of a function may be executed after which; what leaves the function is left out. */
final class ControlFlow {
    private final Program program;

    ControlFlow(Program program) {
        this.program = program;
    }

    /** Where the instruction at {@code at} may lead within {@code f}; an indirect jump leads nowhere. */
    List<Location> successors(FunctionRef f, Location at) {
        Lifted i = program.at(at);
        ObjectFile o = at.object();
        ObjectFile.Place place = new ObjectFile.Place(at.section(), at.offset());
        List<Location> all = new ArrayList<>();
        boolean falls = true;
        for (Op op : i.ops()) {
            switch (op) {
                case Op.Branch b -> program.target(at, b.target()).ifPresent(all::add);
                case Op.Jump j -> {
                    program.target(at, j.target()).ifPresent(all::add);
                    falls = false;
                }
                case Op.Return r -> falls = false;
                case Op.Exit e -> falls = false;
                case Op.Trap t -> falls = o.bugs().containsKey(place);
                case Op.Unsupported u -> falls = false;
                case Op.Set s -> {}
                case Op.Load l -> {}
                case Op.Store s -> {}
                case Op.Call c -> {}
                case Op.Effect e -> {}
                case Op.Undefine u -> {}
                case Op.Check c -> {}
                case Op.Repeat r -> {}
            }
        }
        ObjectFile.StaticKeySite key = o.keys().get(place);
        if (key != null) {
            all.add(at.at(key.target()));
            falls = true;
        }
        ObjectFile.Fixup fixup = o.fixups().get(place);
        if (fixup != null) {
            all.add(new Location(o, fixup.target().section(), fixup.target().offset()));
        }
        for (ObjectFile.Alternative a : o.alternatives().getOrDefault(place, List.of())) {
            all.add(at.at(at.offset() + a.length()));
        }
        if (falls) {
            all.add(at.at(at.offset() + i.length()));
        }
        all.removeIf(l -> l.object() != o || !f.function().contains(l.section(), l.offset()));
        return all;
    }
}
