// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count.concrete;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.patchoscope.config.EntryPaths.Cpu;
import org.patchoscope.semantics.arch.arm64.PatchCallback;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.program.Location;
import org.patchoscope.semantics.program.Program;

/**
 * Patched code of arm64. A replacement is as long as what it replaces ({@code
 * arch/arm64/include/asm/alternative-macros.h} checks that), so instructions keep their places.
 */
final class Arm64Code implements BootedCode {
    private static final int INSTRUCTION = 4;

    /** The feature that every processor has. */
    private static final String ALWAYS = "ARM64_ALWAYS_SYSTEM";

    /** An instruction of an alternative's site. */
    private record Site(ObjectFile.Alternative alternative, int distance) {}

    private final Program program;
    private final Cpu cpu;
    private final Map<Location, Site> sites = new HashMap<>();
    private final Set<Long> present;
    private final Set<String> notes = new TreeSet<>();

    /**
     * {@code macros} number the CPU features (the generated asm/cpucap-defs.h).
     */
    Arm64Code(Program program, Cpu cpu, Map<String, Long> macros) {
        this.program = program;
        this.cpu = cpu;
        if (!macros.containsKey(ALWAYS)) {
            throw new Uncounted("the numbers of the tree's CPU features are not known");
        }
        this.present = BootedCode.features(cpu, macros);
        for (ObjectFile o : program.objects()) {
            for (List<ObjectFile.Alternative> entries : o.alternatives().values()) {
                // The kernel applies them in order: the last that is present stays.
                for (ObjectFile.Alternative a : entries) {
                    for (int d = 0; d < a.length(); d += INSTRUCTION) {
                        Location at =
                                new Location(o, a.site().section(), a.site().offset() + d);
                        if (patched(a) || !sites.containsKey(at)) {
                            sites.put(at, new Site(a, d));
                        }
                    }
                }
            }
        }
    }

    @Override
    public List<String> notes() {
        return List.copyOf(notes);
    }

    @Override
    public Lifted at(Location here) {
        ObjectFile.StaticKeySite key = here.object().keys().get(new ObjectFile.Place(here.section(), here.offset()));
        if (key != null) {
            return staticKey(here, key);
        }
        Site site = sites.get(here);
        if (site == null || !patched(site.alternative())) {
            return program.at(here);
        }
        ObjectFile.Alternative a = site.alternative();
        return a.callback().isEmpty() ? replacement(here, site) : byCallback(here, a.callback());
    }

    private boolean patched(ObjectFile.Alternative a) {
        return present.contains((long) a.feature()) != a.negated();
    }

    private Lifted staticKey(Location here, ObjectFile.StaticKeySite site) {
        Lifted compiled = program.at(here);
        Boolean enabled = cpu.staticKeys().get(site.key());
        boolean jumps = enabled == null ? compiled.kind() == Lifted.Kind.BRANCH : enabled != site.branch();
        if (!jumps) {
            return BootedCode.nop(compiled);
        }
        Op jump = new Op.Jump(new Op.CodeTarget.Local(site.target()));
        return new Lifted(compiled.offset(), compiled.length(), "b", Lifted.Kind.BRANCH, List.of(jump));
    }

    private Lifted replacement(Location here, Site site) {
        ObjectFile.Place r = site.alternative().replacement();
        Lifted other = program.at(new Location(here.object(), r.section(), r.offset() + site.distance()));
        List<Op> ops = other.ops().stream()
                .map(op -> BootedCode.moved(op, site.alternative()))
                .toList();
        return new Lifted(here.offset(), other.length(), other.text(), other.kind(), ops);
    }

    /** What the processor of the profile makes of the code, of all that {@link PatchCallback} says a machine may. */
    private Lifted byCallback(Location here, String callback) {
        Lifted compiled = program.at(here);
        PatchCallback does = PatchCallback.named(callback)
                .orElseThrow(() -> new Uncounted("what " + callback + "() makes of code is not known"));
        String made = cpu.callbacks().get(callback);
        return switch (does) {
            case PatchCallback.Nops n -> BootedCode.nop(compiled);
            case PatchCallback.NopsWhere n when "nop".equals(made) -> BootedCode.nop(compiled);
            case PatchCallback.Firmware f
            when "firmware".equals(made) ->
                new Lifted(
                        compiled.offset(),
                        compiled.length(),
                        "smc #0",
                        Lifted.Kind.SYSTEM,
                        does.code(program.exprs(), compiled));
            case PatchCallback.Value n when made != null -> withImmediate(compiled, Long.parseLong(made));
            default -> {
                if (made != null) {
                    throw new Uncounted(callback + "() does not make \"" + made + "\" of code");
                }
                notes.add("code that " + callback + "() patches is counted as compiled");
                yield compiled;
            }
        };
    }

    private Lifted withImmediate(Lifted compiled, long immediate) {
        Exprs x = program.exprs();
        if (compiled.ops().size() == 1
                && compiled.ops().getFirst() instanceof Op.Set s
                && s.value() instanceof Expr.Const c) {
            Op set = new Op.Set(s.register(), x.constant(immediate, c.width()));
            return new Lifted(compiled.offset(), compiled.length(), compiled.text(), compiled.kind(), List.of(set));
        }
        throw new Uncounted("a number is no replacement for " + compiled.text());
    }
}
