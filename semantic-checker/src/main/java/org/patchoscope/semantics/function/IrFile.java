// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.function;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the intermediate code of a C file says and its machine code does not: which accesses are volatile or atomic,
 * where there is floating point, which pointers are restricted. Source of the form: LLVM Language Reference Manual.
 */
final class IrFile {
    private static final Pattern DEFINE = Pattern.compile("^define .*?@(?:\"([^\"]+)\"|([\\w.$]+))\\((.*)\\)[^)]*\\{$");
    private static final Pattern NAMED = Pattern.compile("@([\\w.$]+)");
    private static final Pattern FLOAT =
            Pattern.compile("\\b(half|bfloat|float|double|x86_fp80|fp128|ppc_fp128)\\b(?!\")");
    private static final Pattern SHARED =
            Pattern.compile("\\b(load|store) (atomic|volatile)\\b|\\batomicrmw\\b|\\bcmpxchg\\b"
                    + "|^\\s*fence\\b|@llvm\\.mem\\w+\\.[^(]*\\(.*i1 true\\)");
    private static final Pattern RESTRICTED = Pattern.compile("\\bnoalias\\b.*%([\\w.$]+)$");
    private static final Pattern JUMPS = Pattern.compile("@(_?setjmp|_?longjmp|sigsetjmp|siglongjmp)\\(");

    private static final Pattern POINTER_TEST =
            Pattern.compile("= icmp (?:(?:eq|ne) ptr .*null|u[gl][te] i64 .*-409[56])");

    private record Function(String parameters, List<String> lines) {}

    private final Map<String, Function> functions = new LinkedHashMap<>();

    IrFile(String text) {
        String name = "";
        for (String line : text.split("\n", -1)) {
            Matcher define = DEFINE.matcher(line);
            if (define.matches()) {
                name = define.group(1) != null ? define.group(1) : define.group(2);
                functions.put(name, new Function(define.group(3), new java.util.ArrayList<>(List.of(line))));
            } else if (line.startsWith("}")) {
                name = "";
            } else if (functions.get(name) instanceof Function f) {
                f.lines().add(line);
            }
        }
    }

    /** Functions that the file defines. */
    Set<String> functions() {
        return new TreeSet<>(functions.keySet());
    }

    /** Why nothing can be said of {@code function} or of one that it uses; empty if there is no such reason. */
    Optional<String> obstacle(String function) {
        for (String name : reachable(function)) {
            if (functions.get(name) instanceof Function f) {
                String in = name.equals(function) ? "" : " (in " + name + "())";
                if (f.lines().stream().anyMatch(l -> FLOAT.matcher(l).find())) {
                    return Optional.of("floating point" + in);
                }
                if (f.lines().stream().anyMatch(l -> SHARED.matcher(l).find())) {
                    return Optional.of("a volatile or atomic access of a kind that is not modelled" + in);
                }
                if (f.lines().stream().anyMatch(l -> JUMPS.matcher(l).find())) {
                    return Optional.of("a jump out of the function" + in);
                }
            }
        }
        return Optional.empty();
    }

    /** Whether {@code function}, or one that it uses, asks whether a pointer is NULL or an error. */
    boolean testsPointers(String function) {
        return reachable(function).stream()
                .map(functions::get)
                .filter(Objects::nonNull)
                .anyMatch(f ->
                        f.lines().stream().anyMatch(l -> POINTER_TEST.matcher(l).find()));
    }

    /** Parameters that C's {@code restrict} is said of. */
    Set<String> restricted(String function) {
        Set<String> names = new LinkedHashSet<>();
        if (functions.get(function) instanceof Function f) {
            Arrays.stream(f.parameters().split(", ", -1))
                    .map(RESTRICTED::matcher)
                    .filter(Matcher::find)
                    .forEach(m -> names.add(m.group(1)));
        }
        return names;
    }

    private Set<String> reachable(String function) {
        Set<String> seen = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(function));
        while (!open.isEmpty()) {
            String name = open.poll();
            if (seen.add(name) && functions.get(name) instanceof Function f) {
                f.lines().forEach(l -> NAMED.matcher(l).results().forEach(m -> open.add(m.group(1))));
            }
        }
        return seen;
    }
}
