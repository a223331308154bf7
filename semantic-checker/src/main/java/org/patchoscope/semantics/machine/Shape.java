// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.machine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.patchoscope.semantics.machine.Program.FunctionRef;

/**
 * The shape of a function's code. Loops begin at the targets of the edges that close a cycle when the
 * instructions are searched depth first (Tarjan's retreating edges), so every cycle has one; that a branch
 * goes to a lower address says nothing, compilers put blocks in any order. The ways of a branch join at its
 * immediate post-dominator (Cooper, Harvey, Kennedy: A Simple, Fast Dominance Algorithm).
 */
final class Shape {
    private static final int END = 0;

    private final Map<Location, List<Location>> loops = new HashMap<>();
    private final LoopExits exits;
    private final Map<Location, Location> joins = new HashMap<>();
    private final List<Location> finished = new ArrayList<>();
    private final Map<Location, List<Location>> next = new HashMap<>();

    private record Visit(Location at, Iterator<Location> rest) {}

    Shape(ControlFlow flow, FunctionRef f) {
        search(flow, f);
        exits = new LoopExits(next, loops);
        postDominators();
    }

    /** The heads of the loops that the branch may leave. */
    Set<Location> leaving(Location branch) {
        return exits.leaving(branch);
    }

    /** Whether a loop begins at the instruction. */
    boolean isLoopHead(Location at) {
        return loops.containsKey(at);
    }

    /** Where all ways from a branch come together again, if they do within the function. */
    Optional<Location> join(Location branch) {
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
                loops.computeIfAbsent(to, k -> new ArrayList<>()).add(top.at());
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
