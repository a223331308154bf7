// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.patchoscope.bot.review.Review.Premise;
import org.patchoscope.bot.review.Review.Unit;
import org.patchoscope.config.ArchProfile;

/** Looks up what results leaned on in the profiles that declare it. */
final class Premises {
    /** What is known of the functions that x86-64 vectors call. */
    private static final List<Premise> VECTORS = List.of(
            new Premise(
                    "privilege-level-kept",
                    "what a vector calls does not change the privilege level of what was interrupted",
                    "cs of the user is written by ptrace, sigreturn and exec, and always to a selector of level 3",
                    "arch/x86/kernel/ptrace.c"),
            new Premise(
                    "registers-moved",
                    "sync_regs() copies the interrupted registers to the end of the task's stack and returns where they are",
                    "it does nothing else",
                    "arch/x86/kernel/traps.c"));

    private Premises() {}

    /** The declared facts that some result leaned on, and those tried on findings. */
    static List<Premise> of(List<ArchProfile> profiles, List<Unit> units) {
        Set<String> used = new LinkedHashSet<>();
        Set<String> tried = new LinkedHashSet<>();
        units.forEach(u -> u.roots().forEach(r -> {
            used.addAll(r.leansOn());
            r.findings().forEach(f -> tried.addAll(f.vanishesUnder()));
        }));
        Map<String, Premise> all = new LinkedHashMap<>();
        for (ArchProfile p : profiles) {
            p.assumptions().stream()
                    .filter(a -> tried.contains(a.name()))
                    .forEach(a -> all.put(a.name(), new Premise(a.name(), a.text(), a.reason(), a.source())));
            for (ArchProfile.FrameRule f : p.frames()) {
                f.callees().stream()
                        .filter(c -> used.contains("frame:" + c))
                        .forEach(c -> all.put(
                                "frame:" + c,
                                new Premise(
                                        "frame:" + c,
                                        c + "() does not change " + String.join(", ", f.preserves()),
                                        f.reason(),
                                        f.source())));
            }
            for (ArchProfile.SilentRule s : p.silent()) {
                s.callees().stream()
                        .filter(c -> used.contains("silent:" + c))
                        .forEach(c -> all.put(
                                "silent:" + c,
                                new Premise(
                                        "silent:" + c,
                                        c + "() is no event and changes nothing of the task's own",
                                        s.reason(),
                                        s.source())));
            }
            used.stream()
                    .filter(u -> u.startsWith("new:"))
                    .forEach(u -> all.put(
                            u,
                            new Premise(
                                    u,
                                    "members that only the new version of " + u.substring("new:".length())
                                            + " has are 0 where the path has not written them",
                                    "What a new member in use leads to has nothing to be compared with.",
                                    "")));
            VECTORS.stream().filter(v -> used.contains(v.name())).forEach(v -> all.put(v.name(), v));
            p.movedBits().stream()
                    .filter(m -> used.contains("moved:" + m.to()))
                    .forEach(m -> all.put(
                            "moved:" + m.to(), new Premise("moved:" + m.to(), m.text(), m.reason(), m.source())));
            p.fixedKeys().stream()
                    .filter(k -> used.contains("key:" + k.key()))
                    .forEach(k -> all.put(
                            "key:" + k.key(),
                            new Premise(
                                    "key:" + k.key(),
                                    "the static key " + k.key() + " is " + (k.enabled() ? "enabled" : "disabled"),
                                    k.reason(),
                                    k.source())));
            p.stableBits()
                    .forEach(b -> all.put(
                            "stable:" + b.cell(),
                            new Premise(
                                    "stable:" + b.cell(),
                                    String.join(", ", b.macros()) + " of " + b.cell() + " stay as they are",
                                    b.reason(),
                                    "")));
        }
        return List.copyOf(all.values());
    }
}
