// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.sabotage;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.program.Location;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.program.Program.FunctionRef;

/** Which registers of a function compiled from C are read again; of assembly all may be. */
final class Liveness {
    private static final String ANY = "*";
    private static final Map<String, List<Set<String>>> CONVENTIONS = Map.of(
            "arm64",
            List.of(
                    Set.of("x0", "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "sp"),
                    Set.of(
                            "x0", "x1", "x19", "x20", "x21", "x22", "x23", "x24", "x25", "x26", "x27", "x28", "x29",
                            "sp"),
                    Set.of("x9", "x10", "x11", "x12", "x13", "x14", "x15", "x16", "x17", "n", "z", "c", "v")),
            "x86_64",
            List.of(
                    Set.of("rdi", "rsi", "rdx", "rcx", "r8", "r9", "rax", "rsp"),
                    Set.of("rax", "rdx", "rbx", "rbp", "r12", "r13", "r14", "r15", "rsp"),
                    Set.of("r10", "r11", "cf", "zf", "sf", "of", "pf", "af")));

    private final Program program;
    private final FunctionRef f;
    private final List<Set<String>> convention;
    private final boolean compiled;
    private final Map<Long, Set<String>> before = new HashMap<>();
    private final Set<Long> reached = new HashSet<>();

    Liveness(Program program, FunctionRef f, String arch) {
        this.program = program;
        this.f = f;
        this.convention = java.util.Objects.requireNonNull(CONVENTIONS.get(arch));
        this.compiled = program.debug().prototypes().containsKey(f.name());
        solve();
    }

    private void solve() {
        ObjectRange range = new ObjectRange(
                f.function().offset(), f.function().offset() + f.function().size());
        boolean changed = true;
        while (changed) {
            changed = false;
            for (long at = range.from(); at < range.to(); ) {
                Lifted i = program.at(place(at));
                Set<String> now = liveBefore(at, i);
                if (!now.equals(before.put(at, now))) {
                    changed = true;
                }
                at += Math.max(1, i.length());
            }
        }
        java.util.ArrayDeque<Long> open = new java.util.ArrayDeque<>(List.of(range.from()));
        f.object().fixups().values().forEach(x -> open.add(x.target().offset()));
        f.object().keys().values().forEach(k -> open.add(k.target()));
        while (!open.isEmpty()) {
            long at = open.remove();
            if (at >= range.from() && at < range.to() && reached.add(at)) {
                successors(at).forEach(l -> open.add(l.offset()));
            }
        }
    }

    private record ObjectRange(long from, long to) {}

    private Location place(long at) {
        return new Location(f.object(), f.function().section(), at);
    }

    private List<Location> successors(long at) {
        return program.successors(f, place(at));
    }

    private Set<String> liveBefore(long at, Lifted i) {
        Set<String> live = new HashSet<>(liveAfter(at));
        Effects e = Effects.of(i);
        if (i.ops().stream().anyMatch(Op.Call.class::isInstance)) {
            live.removeAll(convention.get(2));
            live.addAll(compiled ? convention.get(0) : Set.of(ANY));
        }
        live.removeAll(e.writes());
        live.addAll(e.reads());
        return live;
    }

    /** Registers that may be read after the instruction at {@code at} before they are written. */
    private Set<String> liveAfter(long at) {
        Lifted i = program.at(place(at));
        Set<String> live = new HashSet<>();
        boolean returns = i.ops().stream().anyMatch(Op.Return.class::isInstance);
        boolean open = i.ops().stream()
                .anyMatch(o ->
                        o instanceof Op.Exit || o instanceof Op.Unsupported || o instanceof Op.Jump j && leaves(at, j));
        if (returns || open) {
            live.addAll(compiled ? convention.get(1) : Set.of(ANY));
        }
        if (open) {
            live.addAll(
                    compiled && !i.ops().stream().anyMatch(Op.Exit.class::isInstance)
                            ? convention.get(0)
                            : Set.of(ANY));
        }
        for (Location l : successors(at)) {
            boolean inside = f.function().contains(l.section(), l.offset());
            live.addAll(inside ? before.getOrDefault(l.offset(), Set.of()) : Set.of(ANY));
        }
        return live;
    }

    private boolean leaves(long at, Op.Jump j) {
        return program.target(place(at), j.target())
                .filter(l -> l.object() == f.object() && f.function().contains(l.section(), l.offset()))
                .isEmpty();
    }

    /** Whether control can come there. */
    boolean reached(long at) {
        return reached.contains(at);
    }

    /** Whether nobody reads any of {@code registers} behind the instruction at {@code at}. */
    boolean dead(long at, Set<String> registers) {
        Set<String> live = liveAfter(at);
        return !live.contains(ANY)
                && registers.stream().filter(r -> !r.startsWith("t:")).noneMatch(live::contains);
    }
}
