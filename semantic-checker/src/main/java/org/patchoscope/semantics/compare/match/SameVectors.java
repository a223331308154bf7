// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare.match;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.patchoscope.semantics.arch.Abi;
import org.patchoscope.semantics.arch.Vector;
import org.patchoscope.semantics.object.DebugInfo.Prototype;

/**
 * Vectors that one macro makes: their code is the same, before and after, but for the function that they call, which is not
 * followed and takes the same. What is found of one is true of all of them.
 */
public final class SameVectors {
    private static final Pattern NUMBER = Pattern.compile("\\bid=\\d+, ");

    private final Correspondence c;
    private final Abi abi;
    private final Map<List<Object>, String> firsts = new HashMap<>();
    private final Map<String, Set<String>> alike = new TreeMap<>();
    private final Map<String, Set<String>> reaching = new HashMap<>();

    public SameVectors(Correspondence c, Abi abi) {
        this.c = c;
        this.abi = abi;
    }

    public boolean isVector(String f) {
        return abi.vectors().apply(f).isPresent();
    }

    /** Whether callers take the function for one event, whatever it does: then it is told itself. */
    public boolean isRoutine(String f) {
        return abi.routines().containsKey(f);
    }

    /** Whether an earlier vector is told instead. */
    public boolean told(String f) {
        Optional<Vector> vector = abi.vectors().apply(f);
        Optional<Correspondence.Pair> pair = c.pair(f);
        // What stubs jump to is told of the stubs.
        if (vector.isEmpty() || pair.isEmpty() || !reaching(f).isEmpty()) {
            return false;
        }
        List<String> handlers = c.references(f).stream()
                .filter(g -> !c.knows(g) && isHandler(g) || isOwn(g, f))
                .sorted()
                .toList();
        List<Object> types = handlers.stream()
                .flatMap(h -> abi.handlers().apply(h).stream())
                .<Object>map(SameVectors::taken)
                .toList();
        String first = firsts.putIfAbsent(List.of(vector.get(), types, code(pair.get(), f, handlers)), f);
        if (first == null) {
            return false;
        }
        alike.computeIfAbsent(first, k -> new TreeSet<>()).add(f);
        return true;
    }

    /** The vectors that are not told, by the one that is. */
    public Map<String, Set<String>> alike() {
        return Map.copyOf(alike);
    }

    /** Vectors that show what {@code f} does; none show a vector, unless they are stubs that jump to its start. */
    public Set<String> reaching(String f) {
        if (isVector(f) && c.pair(f).filter(c::enteredAtStart).isEmpty()) {
            return Set.of();
        }
        return reaching.computeIfAbsent(f, this::from);
    }

    private Set<String> from(String f) {
        Set<String> seen = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(c.callers(f));
        while (!open.isEmpty()) {
            String g = open.pop();
            if (!g.equals(f) && seen.add(g)) {
                open.addAll(c.callers(g));
            }
        }
        seen.removeIf(g -> !isVector(g));
        return seen;
    }

    /** With the names of the vector and its handlers taken out, and the numbers that expressions happen to have. */
    private String code(Correspondence.Pair pair, String f, List<String> handlers) {
        String code = NUMBER.matcher(c.forms(pair).toString()).replaceAll("");
        code = code.replaceAll("\\b" + Pattern.quote(f) + "\\b", "itself");
        for (int i = 0; i < handlers.size(); i++) {
            code = code.replaceAll("\\b" + Pattern.quote(handlers.get(i)) + "\\b", "handler " + i);
        }
        return code;
    }

    /** The C function that a vector of arm64 is made for, which is an event there if nothing that it does can differ. */
    private boolean isOwn(String g, String vector) {
        return g.equals(vector + "_handler") && !c.affected().contains(g);
    }

    /** Others, which the vectors share, give something back. */
    private boolean isHandler(String f) {
        return abi.handlers().apply(f).filter(p -> p.result().size() == 0).isPresent();
    }

    private static List<Object> taken(Prototype p) {
        return List.of(p.result(), p.parameters());
    }
}
