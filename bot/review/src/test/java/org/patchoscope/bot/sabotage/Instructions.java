// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.sabotage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.object.ObjectFile.Place;
import org.patchoscope.semantics.program.Location;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.program.Program.FunctionRef;

/** The instructions of functions, with those of the alternatives of their code. */
final class Instructions {
    private final Program program;
    private final Disassembler disassembler;

    Instructions(Program program, Disassembler disassembler) {
        this.program = program;
        this.disassembler = disassembler;
    }

    /** In order; those of each alternative in a list of their own. */
    List<List<Site>> of(FunctionRef f) {
        List<List<Site>> all = new ArrayList<>();
        ObjectFile.Function own = f.function();
        all.add(range(f, own.section(), own.offset(), own.offset() + own.size()));
        f.object().alternatives().forEach((place, alternatives) -> {
            if (own.contains(place.section(), place.offset())) {
                alternatives.stream()
                        .filter(a -> a.callback().isEmpty() && a.newLength() > 0)
                        .forEach(a -> all.add(range(
                                f,
                                a.replacement().section(),
                                a.replacement().offset(),
                                a.replacement().offset() + a.newLength())));
            }
        });
        return all;
    }

    private List<Site> range(FunctionRef f, int section, long from, long to) {
        ObjectFile o = f.object();
        byte[] data = o.sections().get(section).data();
        Set<Long> entered = entered(o, section, from, to);
        List<Site> sites = new ArrayList<>();
        long at = from;
        while (at < to) {
            Lifted i = program.at(new Location(o, section, at));
            int length = Math.max(1, i.length());
            Disassembler.Spelled spelled = disassembler.spelled(data, (int) at);
            Place place = new Place(section, at);
            boolean marked = o.keys().containsKey(place)
                    || o.bugs().containsKey(place)
                    || o.fixups().containsKey(place)
                    || alternative(o, section, at);
            if (i.length() > 0 && spelled.length() == length) {
                byte[] code = Arrays.copyOfRange(data, (int) at, (int) at + length);
                sites.add(new Site(
                        o,
                        f.name(),
                        section,
                        at,
                        code,
                        o.relocationsIn(section, at, length),
                        spelled.text(),
                        i,
                        marked,
                        entered.contains(at)));
            }
            at += length;
        }
        return sites;
    }

    private static boolean alternative(ObjectFile o, int section, long at) {
        return o.alternatives().entrySet().stream()
                .anyMatch(e -> e.getKey().section() == section
                        && e.getKey().offset() <= at
                        && e.getValue().stream().anyMatch(a -> at < e.getKey().offset() + a.length()));
    }

    /** Where control may come from elsewhere. */
    private Set<Long> entered(ObjectFile o, int section, long from, long to) {
        Set<Long> all = new HashSet<>();
        long at = from;
        while (at < to) {
            Location here = new Location(o, section, at);
            Lifted i = program.at(here);
            i.ops()
                    .forEach(op -> target(op)
                            .flatMap(t -> program.target(here, t))
                            .ifPresent(l -> {
                                if (l.object() == o && l.section() == section) {
                                    all.add(l.offset());
                                }
                            }));
            at += Math.max(1, i.length());
        }
        o.keys().values().forEach(k -> all.add(k.target()));
        o.fixups().values().forEach(x -> all.add(x.target().offset()));
        o.symbols().values().stream().filter(y -> y.section() == section).forEach(y -> all.add(y.offset()));
        o.relocations()
                .values()
                .forEach(m -> m.values()
                        .forEach(rs -> rs.forEach(r -> {
                            if (r.definedAt() instanceof Place p && p.section() == section) {
                                all.add(p.offset());
                            }
                        })));
        return all;
    }

    private static java.util.Optional<Op.CodeTarget> target(Op op) {
        return switch (op) {
            case Op.Branch b -> java.util.Optional.of(b.target());
            case Op.Jump j -> java.util.Optional.of(j.target());
            case Op.Call c -> java.util.Optional.of(c.target());
            default -> java.util.Optional.empty();
        };
    }
}
