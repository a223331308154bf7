// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare.match;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.semantics.environment.ResultRelation;
import org.patchoscope.semantics.layout.Layout;
import org.patchoscope.semantics.machine.Contents;
import org.patchoscope.semantics.object.DebugInfo;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.program.Program.FunctionRef;

/**
 * Which function of one program is which of the other, whose own code differs, and who calls whom. A
 * function that exists on one side only is the same as one of the other side if their code is.
 */
public final class Correspondence {
    private final Program before;
    private final Program after;
    private final Set<String> same;
    private final Set<String> other;
    private final Copies copies;
    private final Map<String, FunctionRef> left;
    private final Map<String, FunctionRef> right;
    private final Map<String, String> renamed = new LinkedHashMap<>();
    private final Set<String> changed = new LinkedHashSet<>();
    private final Map<String, Set<String>> callers = new TreeMap<>();
    private final Map<String, Set<String>> callees = new TreeMap<>();
    private final Map<String, Set<String>> references = new TreeMap<>();
    private final Set<String> enteredInside = new LinkedHashSet<>();
    private final Set<String> seenFromCallers = new LinkedHashSet<>();
    private final DataDifferences data;
    private final FunctionIdentity leftForms;
    private final FunctionIdentity rightForms;

    public Correspondence(Program before, Program after) {
        this(before, after, Set.of(), Set.of());
    }

    /**
     * The same where more than the instructions is known.
     *
     * @param same functions that differ in nothing that matters
     * @param other functions that may mean something else even with the same instructions
     */
    public Correspondence(Program before, Program after, Set<String> same, Set<String> other) {
        this.same = Set.copyOf(same);
        this.other = Set.copyOf(other);
        this.before = before;
        this.after = after;
        FunctionIdentity one = new FunctionIdentity(before);
        FunctionIdentity two = new FunctionIdentity(after);
        leftForms = one;
        rightForms = two;
        copies = new Copies(before, one, after, two);
        left = copies.left();
        right = copies.right();
        findRenames(one, two);
        findChanges(one, two);
        all(before).forEach(f -> link(f.name(), one.callees(f), one.references(f)));
        all(after).forEach(f -> link(f.name(), two.callees(f), two.references(f)));
        one.enteredInside().forEach(f -> enteredInside.add(name(f)));
        enteredInside.addAll(two.enteredInside());
        seenFromCallers.addAll(two.seenFromCallers());
        data = new DataDifferences(before, after);
        changed.addAll(users(data.read()));
    }

    /** What differs in the content of objects with static storage. */
    public DataDifferences data() {
        return data;
    }

    /** Why nothing can be said of the functions of a name, where several objects have one and these differ in several ways. */
    public Optional<String> unlikeCopies(String name) {
        return Optional.ofNullable(copies.unlike().get(name))
                .map(objects -> "functions of that name differ in several ways, in " + String.join(", ", objects));
    }

    /** What such objects hold on the side of {@code program}. */
    public Contents contents(Program program) {
        return data.contents(program, this::name);
    }

    private static Stream<FunctionRef> all(Program p) {
        return p.objects().stream().flatMap(o -> o.functions().values().stream().map(f -> new FunctionRef(o, f)));
    }

    private void findRenames(FunctionIdentity one, FunctionIdentity two) {
        Map<List<Object>, List<String>> added = new LinkedHashMap<>();
        right.forEach((n, f) -> {
            if (!left.containsKey(n)) {
                added.computeIfAbsent(two.form(f), k -> new ArrayList<>()).add(n);
            }
        });
        left.forEach((n, f) -> {
            List<String> same = right.containsKey(n) ? null : added.get(one.form(f));
            if (same != null && same.size() == 1) {
                renamed.put(n, same.getFirst());
            }
        });
    }

    private void findChanges(FunctionIdentity one, FunctionIdentity two) {
        Set<String> newNames = new LinkedHashSet<>(renamed.values());
        left.forEach((n, f) -> {
            FunctionRef now = right.get(n);
            if (same.contains(n)) {
                return;
            }
            if (other.contains(n)
                    || (now == null ? !renamed.containsKey(n) : !one.form(f).equals(two.form(now)))) {
                changed.add(n);
            }
        });
        right.keySet().stream()
                .filter(n -> !left.containsKey(n) && !newNames.contains(n) && !same.contains(n))
                .forEach(changed::add);
    }

    private void link(String caller, Set<String> called, Set<String> symbols) {
        references.computeIfAbsent(name(caller), k -> new LinkedHashSet<>()).addAll(symbols);
        for (String c : called) {
            callers.computeIfAbsent(name(c), k -> new LinkedHashSet<>()).add(name(caller));
            callees.computeIfAbsent(name(caller), k -> new LinkedHashSet<>()).add(name(c));
        }
    }

    /** The name of a function on the new side. */
    public String name(String callee) {
        return renamed.getOrDefault(callee, callee);
    }

    /** Whether the world has code for a function of this (new) name. */
    public boolean knows(String name) {
        return right.containsKey(name) || left.containsKey(name);
    }

    /** Functions whose own code differs or that exist on one side only, by name. */
    public Set<String> changed() {
        return Set.copyOf(changed);
    }

    /** Renamed functions, old name to new. */
    public Map<String, String> renamed() {
        return Map.copyOf(renamed);
    }

    /** Functions of the world that refer to {@code name}, on either side. */
    public Set<String> callers(String name) {
        return callers.getOrDefault(name, Set.of());
    }

    /** Functions of either program that the function of that name calls. */
    public Set<String> callees(String name) {
        return callees.getOrDefault(name, Set.of());
    }

    /** Functions whose own code refers to one of {@code symbols}. */
    public Set<String> users(Set<String> symbols) {
        Set<String> users = new LinkedHashSet<>();
        references.forEach((f, used) -> {
            if (used.stream().anyMatch(symbols::contains)) {
                users.add(f);
            }
        });
        return users;
    }

    /** Symbols that {@code name} or a function of the world it can reach refers to. */
    public Set<String> references(String name) {
        Set<String> all = new LinkedHashSet<>();
        Set<String> seen = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(name));
        while (!open.isEmpty()) {
            String f = open.poll();
            if (seen.add(f)) {
                all.addAll(references.getOrDefault(f, Set.of()));
                open.addAll(callees(f));
            }
        }
        return all;
    }

    /** Functions from which a changed one can be reached, the changed ones included. */
    public Set<String> affected() {
        Set<String> reached = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(changed.stream().sorted().toList());
        while (!open.isEmpty()) {
            String f = open.poll();
            if (reached.add(f)) {
                open.addAll(callers(f));
            }
        }
        return reached;
    }

    /** Affected functions, callees before their callers where there is such an order. */
    public List<String> bottomUp() {
        Set<String> todo = affected();
        List<String> order = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        todo.stream().sorted().forEach(f -> visit(f, todo, seen, order));
        return List.copyOf(order);
    }

    private void visit(String f, Set<String> within, Set<String> seen, List<String> order) {
        if (within.contains(f) && seen.add(f)) {
            callees(f).stream().sorted().forEach(c -> visit(c, within, seen, order));
            order.add(f);
        }
    }

    /** The function before and after, where both sides have it with the same type. */
    public Optional<Pair> pair(String name) {
        FunctionRef b = right.get(name);
        String old = renamed.entrySet().stream()
                .filter(e -> e.getValue().equals(name))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(name);
        FunctionRef a = left.get(old);
        return a == null || b == null ? Optional.empty() : Optional.of(new Pair(a, b));
    }

    /** A function on both sides. */
    public record Pair(FunctionRef before, FunctionRef after) {}

    /** Whether the parameters have the same number and sizes, so that both can start from the same state. */
    public boolean sameParameters(Pair p) {
        DebugInfo.Prototype a = before.debug().prototypes().get(p.before().name());
        DebugInfo.Prototype b = after.debug().prototypes().get(p.after().name());
        if (a == null || b == null) {
            return Objects.equals(a, b);
        }
        return a.parameters().equals(b.parameters()) && a.registers().equals(b.registers());
    }

    /**
     * Whether what the function does from its start on is all that others can see of it. Assembly may be entered at labels
     * inside of it, such as {@code restore_regs_and_return_to_kernel} on x86-64.
     */
    public boolean enteredAtStart(Pair p) {
        return !enteredInside.contains(p.after().name());
    }

    /** The code of a function in both versions, in forms that are equal where the code is. */
    List<List<Object>> forms(Pair p) {
        return List.of(leftForms.form(p.before()), rightForms.form(p.after()));
    }

    /** Whether the (new) function is seen through others that call it. */
    public boolean seenFromCallers(String name) {
        return seenFromCallers.contains(name);
    }

    /** Whether both sides know how the function is called; assembly that only assembly calls has no declaration. */
    public boolean hasPrototype(Pair p) {
        return before.debug().prototypes().containsKey(p.before().name())
                && after.debug().prototypes().containsKey(p.after().name());
    }

    /** The type of the old result; void where nothing is known. */
    public DebugInfo.Type resultBefore(Pair p) {
        return result(before, p.before().name());
    }

    /** The type of the new result. */
    public DebugInfo.Type resultAfter(Pair p) {
        return result(after, p.after().name());
    }

    private static DebugInfo.Type result(Program program, String function) {
        DebugInfo.Prototype known = program.debug().prototypes().get(function);
        return known == null ? new DebugInfo.Type("void", 0) : known.result();
    }

    /** Whether a parameter or the result is of a type whose values are other ones, though they may have the same bits. */
    public boolean otherValues(Pair p) {
        DebugInfo.Prototype a = before.debug().prototypes().get(p.before().name());
        DebugInfo.Prototype b = after.debug().prototypes().get(p.after().name());
        if (a == null || b == null || a.parameters().size() != b.parameters().size()) {
            return a != b;
        }
        return otherValues(a.result(), b.result())
                || IntStream.range(0, a.parameters().size())
                        .anyMatch(i -> otherValues(
                                a.parameters().get(i), b.parameters().get(i)));
    }

    private static boolean otherValues(DebugInfo.Type a, DebugInfo.Type b) {
        return !sameSize(a, b) || a.widening() != b.widening();
    }

    /** Whether both versions take the same and return something that can be set against each other. */
    public boolean comparable(Pair p) {
        DebugInfo.Prototype a = before.debug().prototypes().get(p.before().name());
        DebugInfo.Prototype b = after.debug().prototypes().get(p.after().name());
        if (a == null || b == null || a.variadic() != b.variadic()) {
            return false;
        }
        boolean results = sameSize(a.result(), b.result())
                || EntryExitRelation.isInteger(a.result()) && EntryExitRelation.isInteger(b.result());
        return results
                && a.parameters().size() == b.parameters().size()
                && IntStream.range(0, a.parameters().size())
                        .allMatch(i ->
                                sameSize(a.parameters().get(i), b.parameters().get(i)));
    }

    private static boolean sameSize(DebugInfo.Type a, DebugInfo.Type b) {
        return a.size() == b.size() && a.isTruth() == b.isTruth();
    }

    /** What the new version calls its parameters; none if they are not known. */
    public List<String> parameterNames(Pair p) {
        DebugInfo.Prototype b = after.debug().prototypes().get(p.after().name());
        return b == null ? List.of() : b.names();
    }

    /** Parameters of one version that may stand for what the other reads; none if types differ in another way. */
    public List<AddedParameters.Extra> extra(Pair p, ArchProfile profile) {
        DebugInfo.Prototype a = before.debug().prototypes().get(p.before().name());
        DebugInfo.Prototype b = after.debug().prototypes().get(p.after().name());
        return a == null || b == null
                ? List.of()
                : new AddedParameters(profile, new Layout(before.debug())).between(a, b);
    }

    /** Whether the results have the same type. */
    public boolean sameResult(Pair p) {
        DebugInfo.Prototype a = before.debug().prototypes().get(p.before().name());
        DebugInfo.Prototype b = after.debug().prototypes().get(p.after().name());
        return a == null || b == null ? Objects.equals(a, b) : a.result().equals(b.result());
    }

    /** Whether one version returns a truth value and the other an integer. */
    public boolean truthAndInteger(Pair p) {
        DebugInfo.Prototype a = before.debug().prototypes().get(p.before().name());
        DebugInfo.Prototype b = after.debug().prototypes().get(p.after().name());
        return a != null
                && b != null
                && a.result().isTruth() != b.result().isTruth()
                && isInteger(a.result())
                && isInteger(b.result());
    }

    private static boolean isInteger(DebugInfo.Type t) {
        return t.size() > 0 && t.size() <= 8 && !t.text().endsWith("*");
    }

    /** How the results in {@code relations} look on {@code side}, by new name. */
    public Map<String, ResultRelation.Side> related(Program side, Map<String, ResultRelation> relations) {
        Map<String, ResultRelation.Side> all = new TreeMap<>();
        relations.forEach((f, r) -> pair(f).ifPresent(p -> {
            DebugInfo.Prototype a = before.debug().prototypes().get(p.before().name());
            DebugInfo.Prototype b = after.debug().prototypes().get(p.after().name());
            if (a != null && b != null) {
                DebugInfo.Type here = side == before ? a.result() : b.result();
                DebugInfo.Type there = side == before ? b.result() : a.result();
                int bits = (here.isTruth() ? there : here).size() * 8;
                all.put(f, new ResultRelation.Side(r, bits, here.isTruth()));
            }
        }));
        return all;
    }

    /** Whether it is the old version of a pair of {@link #truthAndInteger} that returns the truth value. */
    public boolean truthBefore(Pair p) {
        DebugInfo.Prototype a = before.debug().prototypes().get(p.before().name());
        return a != null && a.result().isTruth();
    }

    /** The width of the integer that one version of the pair returns. */
    public int integerBits(Pair p) {
        DebugInfo.Prototype type = truthBefore(p)
                ? after.debug().prototypes().get(p.after().name())
                : before.debug().prototypes().get(p.before().name());
        return type == null ? 64 : type.result().size() * 8;
    }
}
