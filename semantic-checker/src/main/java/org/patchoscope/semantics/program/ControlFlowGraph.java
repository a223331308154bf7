// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.program;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.patchoscope.semantics.program.Program.FunctionRef;

/**
 * The shape of a function's code. Loops begin at the targets of the edges that close a cycle when the
 * instructions are searched depth first (Tarjan's retreating edges), so every cycle has one; that a branch
 * goes to a lower address says nothing, compilers put blocks in any order. The ways of a branch join at its
 * immediate post-dominator (Cooper, Harvey, Kennedy: A Simple, Fast Dominance Algorithm).
 */
public final class ControlFlowGraph {
    private static final int END = 0;

    /** By head of a loop, from where it is come back to. */
    private final Map<Location, List<Location>> back = new HashMap<>();

    private final Map<Location, Location> joins = new HashMap<>();
    private final List<Location> finished = new ArrayList<>();
    private final Map<Location, Integer> ranks = new HashMap<>();
    private final Set<Location> merges = new HashSet<>();
    private final Map<Location, List<Location>> loops = new HashMap<>();
    private final Map<Location, List<Location>> next = new HashMap<>();

    private record Visit(Location at, Iterator<Location> rest) {}

    ControlFlowGraph(ControlFlow flow, FunctionRef f) {
        search(flow, f);
        for (int i = 0; i < finished.size(); i++) {
            ranks.put(finished.get(i), finished.size() - i);
        }
        nest();
        postDominators();
    }

    /** Places in the order in which they can be come to, from 1; loops go back. A place that is not seen comes last. */
    public int rank(Location at) {
        return ranks.getOrDefault(at, finished.size() + 1);
    }

    /** Whether more than one instruction can come right before. */
    public boolean isMerge(Location at) {
        return merges.contains(at);
    }

    /** Heads of the loops that a place is in, the outermost first. */
    public List<Location> loops(Location at) {
        return loops.getOrDefault(at, List.of());
    }

    /** A loop's instructions are those that lead back to its head without going through it. */
    private void nest() {
        Map<Location, List<Location>> before = new HashMap<>();
        next.forEach((from, all) -> all.stream()
                .distinct()
                .forEach(
                        to -> before.computeIfAbsent(to, k -> new ArrayList<>()).add(from)));
        before.forEach((to, all) -> {
            if (all.size() > 1) {
                merges.add(to);
            }
        });
        back.keySet().stream().sorted(Comparator.comparingInt(this::rank)).forEach(head -> {
            Set<Location> body = new HashSet<>(Set.of(head));
            Deque<Location> open = new ArrayDeque<>(back.getOrDefault(head, List.of()));
            while (!open.isEmpty()) {
                Location at = open.removeLast();
                if (body.add(at)) {
                    open.addAll(before.getOrDefault(at, List.of()));
                }
            }
            body.forEach(at -> loops.computeIfAbsent(at, k -> new ArrayList<>()).add(head));
        });
    }

    /** The heads of the loops that the branch may leave. */
    public List<Location> leaving(Location branch) {
        List<Location> after = next.getOrDefault(branch, List.of());
        return loops(branch).stream()
                .filter(head -> after.stream().anyMatch(to -> !loops(to).contains(head)))
                .toList();
    }

    /** Whether a loop begins at the instruction. */
    public boolean isLoopHead(Location at) {
        return back.containsKey(at);
    }

    /** Where all ways from a branch come together again, if they do within the function. */
    public Optional<Location> join(Location branch) {
        return Optional.ofNullable(joins.get(branch));
    }

    private void search(ControlFlow flow, FunctionRef f) {
        Set<Location> open = new HashSet<>();
        Deque<Visit> stack = new ArrayDeque<>();
        push(flow, f, f.entry(), open, stack);
        while (!stack.isEmpty()) {
            Visit top = stack.getLast();
            if (!top.rest().hasNext()) {
                open.remove(top.at());
                finished.add(top.at());
                stack.removeLast();
                continue;
            }
            Location to = top.rest().next();
            if (open.contains(to)) {
                back.computeIfAbsent(to, k -> new ArrayList<>()).add(top.at());
            } else if (!next.containsKey(to)) {
                push(flow, f, to, open, stack);
            }
        }
    }

    private void push(ControlFlow flow, FunctionRef f, Location at, Set<Location> open, Deque<Visit> stack) {
        List<Location> successors = flow.successors(f, at);
        next.put(at, successors);
        open.add(at);
        stack.add(new Visit(at, successors.iterator()));
    }

    /** Nodes are numbered in the order of {@link #finished}, from 1; 0 is the common end. */
    private void postDominators() {
        Map<Location, Integer> number = new HashMap<>();
        for (int i = 0; i < finished.size(); i++) {
            number.put(finished.get(i), i + 1);
        }
        int[] order = new int[finished.size() + 1];
        int[] dominator = new int[finished.size() + 1];
        List<Integer> sequence = backwards(number);
        java.util.Arrays.fill(dominator, -1);
        java.util.Arrays.fill(order, -1);
        dominator[END] = END;
        order[END] = sequence.size() + 1;
        for (int i = 0; i < sequence.size(); i++) {
            order[sequence.get(i)] = sequence.size() - i;
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int n : sequence) {
                int best = -1;
                for (int s : after(n, number)) {
                    if (order[s] >= 0 && dominator[s] >= 0) {
                        best = best < 0 ? s : common(best, s, dominator, order);
                    }
                }
                if (best >= 0 && dominator[n] != best) {
                    dominator[n] = best;
                    changed = true;
                }
            }
        }
        for (int n : sequence) {
            Location at = finished.get(n - 1);
            if (dominator[n] > END && Objects.requireNonNull(next.get(at)).size() > 1) {
                joins.put(at, finished.get(dominator[n] - 1));
            }
        }
    }

    private static int common(int a, int b, int[] dominator, int[] order) {
        int p = a;
        int q = b;
        while (p != q) {
            while (order[p] < order[q]) {
                p = dominator[p];
            }
            while (order[q] < order[p]) {
                q = dominator[q];
            }
        }
        return p;
    }

    private List<Integer> after(int n, Map<Location, Integer> number) {
        List<Location> successors = Objects.requireNonNull(next.get(finished.get(n - 1)));
        return successors.isEmpty()
                ? List.of(END)
                : successors.stream()
                        .map(s -> Objects.requireNonNull(number.get(s)))
                        .toList();
    }

    /** All nodes that can reach the end, in reverse postorder of the reversed graph. */
    private List<Integer> backwards(Map<Location, Integer> number) {
        Map<Integer, List<Integer>> before = new HashMap<>();
        for (int n = 1; n <= finished.size(); n++) {
            for (int s : after(n, number)) {
                before.computeIfAbsent(s, k -> new ArrayList<>()).add(n);
            }
        }
        List<Integer> postorder = new ArrayList<>();
        Set<Integer> seen = new HashSet<>(Set.of(END));
        Deque<Integer> nodes = new ArrayDeque<>(List.of(END));
        Deque<Iterator<Integer>> rests = new ArrayDeque<>();
        rests.add(before.getOrDefault(END, List.of()).iterator());
        while (!nodes.isEmpty()) {
            if (rests.getLast().hasNext()) {
                int n = rests.getLast().next();
                if (seen.add(n)) {
                    nodes.add(n);
                    rests.add(before.getOrDefault(n, List.of()).iterator());
                }
            } else {
                postorder.add(nodes.removeLast());
                rests.removeLast();
            }
        }
        postorder.removeLast();
        return List.copyOf(postorder.reversed());
    }
}
