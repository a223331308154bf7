// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.patchoscope.config.EntryPaths.Cpu;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.ir.SystemEffect;
import org.patchoscope.semantics.machine.Location;
import org.patchoscope.semantics.machine.Program;
import org.patchoscope.semantics.object.ObjectFile;

/**
 * Patched code of arm64. A replacement is as long as what it replaces ({@code
 * arch/arm64/include/asm/alternative-macros.h} checks that), so instructions keep their places.
 */
final class Arm64Code implements PatchedCode {
    private static final int INSTRUCTION = 4;

    /** The callback of {@code alternative_has_cap_*()}: nops where the feature is present. */
    private static final String NOPS = "alt_cb_patch_nops";

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
        this.present = PatchedCode.features(cpu, macros);
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
            return PatchedCode.nop(compiled);
        }
        Op jump = new Op.Jump(new Op.CodeTarget.Local(site.target()));
        return new Lifted(compiled.offset(), compiled.length(), "b", Lifted.Kind.BRANCH, List.of(jump));
    }

    private Lifted replacement(Location here, Site site) {
        ObjectFile.Place r = site.alternative().replacement();
        Lifted other = program.at(new Location(here.object(), r.section(), r.offset() + site.distance()));
        List<Op> ops = other.ops().stream()
                .map(op -> PatchedCode.moved(op, site.alternative()))
                .toList();
        return new Lifted(here.offset(), other.length(), other.text(), other.kind(), ops);
    }

    private Lifted byCallback(Location here, String callback) {
        Lifted compiled = program.at(here);
        String made = callback.equals(NOPS) ? "nop" : cpu.callbacks().get(callback);
        if (made == null) {
            notes.add("code that " + callback + "() patches is counted as compiled");
            return compiled;
        }
        return switch (made) {
            case "nop" -> PatchedCode.nop(compiled);
            case "firmware" -> {
                Op call = new Op.Effect(new SystemEffect.Monitor("call to firmware"), List.of(), List.of());
                yield new Lifted(compiled.offset(), compiled.length(), "smc #0", Lifted.Kind.SYSTEM, List.of(call));
            }
            default -> withImmediate(compiled, Long.parseLong(made));
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
