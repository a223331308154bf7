// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline.wording;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.Unit;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.semantics.trace.Premise;

/** Says what the premises of results are: those of the closed list, and assumptions that were tried on findings. */
public final class Premises {
    private static final String OWN = "docs/premises.md";

    private final List<ArchProfile> profiles;

    private Premises(List<ArchProfile> profiles) {
        this.profiles = profiles;
    }

    /** What some result rests on, and what was tried on findings. */
    public static List<Review.Premise> of(List<ArchProfile> profiles, List<Unit> units) {
        Set<String> used = new LinkedHashSet<>();
        Set<String> tried = new LinkedHashSet<>();
        units.forEach(u -> u.roots().forEach(r -> {
            used.addAll(r.leansOn());
            r.findings().forEach(f -> tried.addAll(f.vanishesUnder()));
        }));
        Map<String, Review.Premise> all = new LinkedHashMap<>();
        profiles.stream()
                .flatMap(p -> p.assumptions().stream())
                .filter(a -> tried.contains(a.name()))
                .forEach(a -> all.put(a.name(), new Review.Premise(a.name(), a.text(), a.reason(), a.source())));
        Premises premises = new Premises(profiles);
        used.stream().sorted().flatMap(n -> named(n).stream()).forEach(p -> all.put(p.name(), premises.described(p)));
        return List.copyOf(all.values());
    }

    /** The premise that reports call so. */
    static Optional<Premise> named(String name) {
        int colon = name.indexOf(':');
        String about = name.substring(colon + 1);
        return Optional.ofNullable(
                switch (colon < 0 ? name : name.substring(0, colon)) {
                    case "frame" -> new Premise.DeclaredFrame(about);
                    case "silent" -> new Premise.SilentCallee(about);
                    case "key" -> new Premise.FixedKey(about);
                    case "indirect" -> new Premise.CallThroughPointer();
                    case "prototypes" -> new Premise.Prototypes();
                    case "no-overlap" -> new Premise.DisjointPointers();
                    case "stable" -> new Premise.StableCell(about);
                    case "supplied" -> new Premise.SuppliedArgument(about);
                    case "moved" -> new Premise.MovedMember(about);
                    case "layouts" -> new Premise.MatchedLayout();
                    case "new" -> new Premise.NewMember(about);
                    case "privilege-level-kept" -> new Premise.PrivilegeLevelKept();
                    case "registers-moved" -> new Premise.RegistersMoved();
                    default -> null;
                });
    }

    private Review.Premise described(Premise premise) {
        return switch (premise) {
            case Premise.DeclaredFrame p -> frame(p);
            case Premise.SilentCallee p -> silent(p);
            case Premise.FixedKey p -> key(p);
            case Premise.StableCell p -> stable(p);
            case Premise.MovedMember p -> moved(p);
            case Premise.CallThroughPointer p ->
                own(
                        p,
                        "a call through a pointer is given what debug information says of the place",
                        "which function it calls is not known");
            case Premise.Prototypes p ->
                own(
                        p,
                        "a function that is not followed takes what its prototype says, and nothing else",
                        "what else is in registers is left over");
            case Premise.DisjointPointers p ->
                own(
                        p,
                        "objects behind different pointers do not overlap",
                        "an access behind one pointer follows a write behind another one");
            case Premise.SuppliedArgument p ->
                own(
                        p,
                        "callers of " + p.function() + "() pass what it read for itself",
                        "shown for each caller that is compared");
            case Premise.MatchedLayout p ->
                own(
                        p,
                        "members of a structure that have the same name are the same",
                        "the structure is laid out differently");
            case Premise.NewMember p ->
                own(
                        p,
                        "members that only the new version of " + p.structure()
                                + " has are 0 where the path has not written them",
                        "what a new member in use leads to has nothing to be compared with");
            case Premise.PrivilegeLevelKept p ->
                new Review.Premise(
                        p.name(),
                        "what a vector calls does not change the privilege level of what was interrupted",
                        "cs of the user is written by ptrace, sigreturn and exec, and always to a selector of level 3",
                        "arch/x86/kernel/ptrace.c");
            case Premise.RegistersMoved p ->
                new Review.Premise(
                        p.name(),
                        "sync_regs() copies the interrupted registers to the end of the task's stack and returns where they"
                                + " are",
                        "it does nothing else",
                        "arch/x86/kernel/traps.c");
        };
    }

    private static Review.Premise own(Premise p, String text, String reason) {
        return new Review.Premise(p.name(), text, reason, OWN);
    }

    private static Review.Premise undeclared(Premise p) {
        return own(p, p.name(), "no profile at hand declares it");
    }

    private Review.Premise frame(Premise.DeclaredFrame p) {
        return declared(profile -> profile.frames().stream()
                        .filter(f -> f.callees().contains(p.callee()))
                        .map(f -> new Review.Premise(
                                p.name(),
                                p.callee() + "() does not change " + String.join(", ", f.preserves()),
                                f.reason(),
                                f.source())))
                .orElseGet(() -> undeclared(p));
    }

    private Review.Premise silent(Premise.SilentCallee p) {
        return declared(profile -> profile.silent().stream()
                        .filter(s -> s.callees().contains(p.callee()))
                        .map(s -> new Review.Premise(
                                p.name(),
                                p.callee() + "() is no event and changes nothing of the task's own",
                                s.reason(),
                                s.source())))
                .orElseGet(() -> undeclared(p));
    }

    private Review.Premise key(Premise.FixedKey p) {
        return declared(profile -> profile.fixedKeys().stream()
                        .filter(k -> k.key().equals(p.key()))
                        .map(k -> new Review.Premise(
                                p.name(),
                                "the static key " + k.key() + " is " + (k.enabled() ? "enabled" : "disabled"),
                                k.reason(),
                                k.source())))
                .orElseGet(() -> undeclared(p));
    }

    private Review.Premise stable(Premise.StableCell p) {
        return declared(profile -> Stream.concat(
                        profile.stableCells().stream()
                                .filter(c -> c.cell().equals(p.cell()))
                                .map(c -> new Review.Premise(
                                        p.name(),
                                        p.cell() + " stays as it is",
                                        c.reason(),
                                        "profile " + profile.arch())),
                        profile.stableBits().stream()
                                .filter(b -> b.cell().equals(p.cell()))
                                .map(b -> new Review.Premise(
                                        p.name(),
                                        String.join(", ", b.macros()) + " of " + p.cell() + " stay as they are",
                                        b.reason(),
                                        "profile " + profile.arch()))))
                .orElseGet(() -> undeclared(p));
    }

    private Review.Premise moved(Premise.MovedMember p) {
        return declared(profile -> profile.movedBits().stream()
                        .filter(m -> m.to().equals(p.cell()))
                        .map(m -> new Review.Premise(p.name(), m.text(), m.reason(), m.source())))
                .orElseGet(() -> undeclared(p));
    }

    private interface Declared {
        Stream<Review.Premise> in(ArchProfile profile);
    }

    private Optional<Review.Premise> declared(Declared declared) {
        return profiles.stream().flatMap(declared::in).findFirst();
    }
}
