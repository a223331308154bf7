// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.source;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Functions whose source is the same in two states of a file, down to every declaration that they use, but for
 * structures that gain or lose members. Where their code differs, it is because of where members lie. One object serves
 * the files of a state together: what their headers declare is looked at once. For one thread.
 */
public final class SameSource {
    /** Stands for what a declaration gives a meaning to where that cannot be told. */
    private static final String NAMELESS = "";

    /** A declaration with what is asked of it again and again. */
    private record Known(
            Declaration declaration,
            String text,
            Set<String> names,
            Set<String> identifiers,
            boolean isFunction,
            boolean isStructure) {
        static Known of(Declaration d) {
            return new Known(
                    d, d.text(), d.names().orElse(Set.of(NAMELESS)), d.identifiers(), d.isFunction(), d.isStructure());
        }
    }

    private final Map<Declaration, Known> seen = new HashMap<>();
    private final Map<String, List<Known>> pieces = new HashMap<>();

    private List<Known> known(String preprocessed) {
        List<Known> all = new ArrayList<>();
        Tokens tokens = new Tokens();
        for (String piece : Tokens.pieces(preprocessed)) {
            boolean alone = tokens.between();
            List<Known> met = alone ? pieces.get(piece) : null;
            if (met == null) {
                met = known(tokens.read(piece));
                if (alone && tokens.between()) {
                    pieces.put(piece, met);
                }
            }
            all.addAll(met);
        }
        if (!tokens.between()) {
            all.addAll(known(List.of(tokens.rest())));
        }
        return all;
    }

    private List<Known> known(List<Declaration> declarations) {
        return declarations.stream()
                .filter(d -> !d.isEmpty())
                .map(d -> seen.computeIfAbsent(d, Known::of))
                .toList();
    }

    /** A source after the preprocessor, taken apart. */
    public static final class Source {
        private final List<Known> declarations;

        private Source(List<Known> declarations) {
            this.declarations = declarations;
        }

        private Map<String, Known> byText() {
            Map<String, Known> all = new LinkedHashMap<>();
            declarations.forEach(d -> all.putIfAbsent(d.text(), d));
            return all;
        }
    }

    /** Takes a source apart. */
    public Source read(String preprocessed) {
        return new Source(known(preprocessed));
    }

    /**
     * Functions that a file defines.
     *
     * @param same those whose source is the same in both states, and the source
     * @param other those of both states whose source is another
     * @param touched those of the others whose text is the same, but which use something that is not
     * @param alone those of one state alone, and the source: their header may be a new one here
     */
    public record Functions(
            Map<String, String> same, Set<String> other, Set<String> touched, Map<String, String> alone) {
        public Functions {
            same = Map.copyOf(same);
            other = Set.copyOf(other);
            touched = Set.copyOf(touched);
            alone = Map.copyOf(alone);
        }
    }

    /**
     * Compares the functions of two states of a file.
     *
     * @param before the old state; empty text where there is none
     */
    public static Functions functions(Source before, Source after) {
        return new States(before.byText(), after.byText()).functions();
    }

    /** Variables of a source that are one of {@code structures}: the structure, by the variable's name. */
    public static Map<String, String> variables(Source source, Set<String> structures) {
        Map<String, String> all = new TreeMap<>();
        for (Known k : source.declarations) {
            Declaration d = k.declaration();
            boolean object = !k.isFunction()
                    && !d.tokens().contains("typedef")
                    && !d.tokens().contains("*");
            Optional<String> structure = object
                    ? structures.stream()
                            .filter(s -> k.identifiers().contains("struct " + s))
                            .findFirst()
                    : Optional.empty();
            structure.ifPresent(s -> k.names().stream()
                    .filter(n -> n.indexOf(' ') < 0 && !n.equals(NAMELESS))
                    .forEach(n -> all.put(n, s)));
        }
        return all;
    }

    /** Two states of one file: their declarations by text. */
    private record States(Map<String, Known> before, Map<String, Known> after) {
        private Functions functions() {
            Set<String> reached = reached(changed());
            Set<String> common = defined(before);
            common.retainAll(defined(after));
            Map<String, String> same = new TreeMap<>();
            Map<String, String> alone = new TreeMap<>();
            Set<String> other = new TreeSet<>();
            Set<String> touched = new TreeSet<>();
            Set<String> rewritten = new TreeSet<>();
            for (Map<String, Known> side : List.of(before, after)) {
                for (Known d : side.values()) {
                    boolean text = before.containsKey(d.text()) && after.containsKey(d.text());
                    boolean kept = text
                            && !reached.contains(NAMELESS)
                            && d.identifiers().stream().noneMatch(reached::contains);
                    for (String name : d.isFunction() ? d.names() : Set.<String>of()) {
                        if (kept) {
                            same.put(name, d.text());
                        } else if (common.contains(name)) {
                            other.add(name);
                            (text ? touched : rewritten).add(name);
                        } else {
                            alone.put(name, d.text());
                        }
                    }
                }
            }
            touched.removeAll(rewritten);
            return new Functions(same, other, touched, alone);
        }

        private static Set<String> defined(Map<String, Known> side) {
            return side.values().stream()
                    .filter(d -> d.isFunction())
                    .flatMap(d -> d.names().stream())
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        /**
         * Names that both states give a meaning to, but not the same. What only one state declares is used by no text that
         * is the same in both: there the name is a member's or a variable's of the function itself.
         */
        private Set<String> changed() {
            Map<String, Set<String>> old = meanings(before, after);
            Map<String, Set<String>> now = meanings(after, before);
            Set<String> all = new TreeSet<>();
            old.forEach((name, texts) -> {
                if (now.containsKey(name) && !texts.equals(now.get(name))) {
                    all.add(name);
                }
            });
            return all;
        }

        private static Map<String, Set<String>> meanings(Map<String, Known> here, Map<String, Known> there) {
            Map<String, Known> structures = new LinkedHashMap<>();
            there.values().stream()
                    .filter(d -> d.isStructure())
                    .forEach(d -> d.declaration().tag().ifPresent(t -> structures.put(t, d)));
            Map<String, Set<String>> all = new LinkedHashMap<>();
            for (Known d : here.values()) {
                boolean layoutOnly = d.isStructure()
                        && d.declaration()
                                .tag()
                                .map(structures::get)
                                .filter(o -> onlyLayout(d.declaration(), o.declaration()))
                                .isPresent();
                String meaning = layoutOnly ? "a structure" : d.text();
                d.names()
                        .forEach(n ->
                                all.computeIfAbsent(n, k -> new TreeSet<>()).add(meaning));
            }
            return all;
        }

        /** Whether two structures have the same members but for some that one has more. */
        private static boolean onlyLayout(Declaration a, Declaration b) {
            return a.around().equals(b.around())
                    && (isPart(a.members(), b.members()) || isPart(b.members(), a.members()));
        }

        /** Whether {@code all} has the elements of {@code some} in the same order. */
        private static boolean isPart(List<String> some, List<String> all) {
            int at = 0;
            for (String s : all) {
                if (at < some.size() && some.get(at).equals(s)) {
                    at++;
                }
            }
            return at == some.size();
        }

        /** The changed names and those of all declarations that use one, directly or not. */
        private Set<String> reached(Set<String> changed) {
            Map<String, Set<String>> users = new LinkedHashMap<>();
            for (Map<String, Known> side : List.of(before, after)) {
                side.values()
                        .forEach(d -> d.identifiers()
                                .forEach(i -> users.computeIfAbsent(i, k -> new LinkedHashSet<>())
                                        .addAll(d.names())));
            }
            Set<String> reached = new LinkedHashSet<>();
            Deque<String> open = new ArrayDeque<>(changed);
            while (!open.isEmpty()) {
                String name = Objects.requireNonNull(open.poll());
                if (reached.add(name)) {
                    open.addAll(users.getOrDefault(name, Set.of()));
                }
            }
            return reached;
        }
    }
}
