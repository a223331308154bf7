// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.function;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.patchoscope.semantics.compare.verdict.Finding;
import org.patchoscope.semantics.expr.Bits;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.machine.Contents;
import org.patchoscope.semantics.machine.OverlapWatch;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.solver.Unknowns;
import org.patchoscope.semantics.solver.Valuation;

/**
 * Why a finding may be none. The simulator takes what it reads for unknowns of their own: a constant may hold anything,
 * and two ways to the same bytes may give different values. A finding that needs such a thing is not told.
 */
final class SpuriousFindingFilter {
    /** How {@code MemoryModel} names what it reads: words, or at a variable index so many bits; then after which event. */
    private static final Pattern READ = Pattern.compile("memory(\\d*)@(.*)");

    private record Read(Expr base, String bits, String when, Expr.Apply value) {
        /** The bytes that it reads. */
        int bytes() {
            return (value.width() + 7) / 8;
        }
    }

    /** Further from each other than any structure is large. */
    private static final long FAR = 4096;

    private final List<ObjectFile> objects;
    private final Set<OverlapWatch.Pair> overlaps;

    /** Doubts about findings in code of {@code objects}, where {@code overlaps} is what may not be apart. */
    SpuriousFindingFilter(List<ObjectFile> objects, Set<OverlapWatch.Pair> overlaps) {
        this.objects = List.copyOf(objects);
        this.overlaps = Set.copyOf(overlaps);
    }

    /** The first doubt there is. */
    Optional<String> about(Finding f) {
        List<Expr> path = f.example().path();
        Set<Expr> unknowns = Unknowns.of(Stream.concat(
                        Stream.concat(f.conditions().stream().flatMap(List::stream), f.witness().keySet().stream()),
                        path.stream())
                .toList());
        return undefined(f)
                .or(() -> constant(unknowns))
                .or(() -> consistent(f, reads(Unknowns.of(path))) ? Optional.empty() : twoWays(reads(unknowns), path))
                .or(() -> apart(f, path));
    }

    /**
     * Bits of a register that hold no argument: the calling convention leaves them open, or C does. What shows whether
     * they are filled with zeros or with ones does not hang on them.
     */
    private static Optional<String> undefined(Finding f) {
        List<Expr> path = f.example().path();
        Set<Expr> open = Unknowns.of(path).stream()
                .filter(e -> e instanceof Expr.Sym s && s.name().startsWith("undefined:"))
                .collect(Collectors.toSet());
        boolean shows = LongStream.of(0, -1).allMatch(fill -> {
            Map<Expr, Long> values = new HashMap<>(f.witness());
            open.forEach(e -> values.put(e, fill & Bits.mask(e.width())));
            Valuation valuation = new Valuation(values);
            return path.stream().allMatch(e -> valuation.of(e) == 1);
        });
        return open.isEmpty() || shows
                ? Optional.empty()
                : Optional.of("a difference depends on bits of a register that nothing defines");
    }

    private Optional<String> constant(Set<Expr> unknowns) {
        return reads(unknowns).stream()
                .filter(r -> !Contents.OUTSIDE.equals("@" + r.when()))
                .map(Read::base)
                .filter(b -> b instanceof Expr.Sym s && s.name().startsWith("&"))
                .map(b -> ((Expr.Sym) b).name().substring(1))
                .filter(name -> objects.stream().anyMatch(o -> isConstant(o, name)))
                .findFirst()
                .map(n -> "a difference depends on the content of " + n + ", which is constant and not looked at");
    }

    private static boolean isConstant(ObjectFile object, String name) {
        ObjectFile.Symbol symbol = object.symbols().get(name);
        if (symbol == null) {
            return name.startsWith("\"")
                    || object.sections().stream()
                            .anyMatch(s -> object.unnamed(s).equals(name) && !s.writable() && !s.executable());
        }
        ObjectFile.Section section = object.sections().get(symbol.section());
        return symbol.section() != 0 && !section.writable() && !section.executable();
    }

    private static Set<Read> reads(Set<Expr> unknowns) {
        return unknowns.stream()
                .filter(Expr.Apply.class::isInstance)
                .map(Expr.Apply.class::cast)
                .flatMap(a -> {
                    Matcher m = READ.matcher(a.function());
                    return m.matches()
                            ? Stream.of(new Read(a.arguments().getFirst(), m.group(1), m.group(2), a))
                            : Stream.empty();
                })
                .collect(Collectors.toSet());
    }

    /** Whether there is a memory in which all reads give what the witness says: no byte has two values at one time. */
    private static boolean consistent(Finding f, Set<Read> reads) {
        Valuation values = new Valuation(f.witness());
        Map<String, Map<Long, Long>> memories = new HashMap<>();
        for (Read r : reads) {
            long address = values.of(r.base()) + values.of(r.value().arguments().getLast());
            for (int i = 0; i < r.bytes(); i++) {
                long now = values.of(r.value()) >>> 8 * i & 0xff;
                Long other =
                        memories.computeIfAbsent(r.when(), k -> new HashMap<>()).put(address + i, now);
                if (other != null && other != now) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Reads of the same bytes, at the same time, by a known and by a variable index, in two widths, or by two pointers. */
    private static Optional<String> twoWays(Set<Read> reads, List<Expr> path) {
        for (Read a : reads) {
            for (Read b : reads) {
                boolean related = a.base() == b.base() ? !a.bits().equals(b.bits()) : mayMeet(a.base(), b.base(), path);
                if (a.when().equals(b.when()) && related) {
                    return Optional.of("a difference depends on two pointers that may point to the same memory");
                }
            }
        }
        return Optional.empty();
    }

    /** Whether two bases are made from one pointer, or the path says something of where both point. */
    private static boolean mayMeet(Expr a, Expr b, List<Expr> path) {
        Set<Expr> one = Unknowns.leaves(a);
        Set<Expr> other = Unknowns.leaves(b);
        return one.stream().anyMatch(other::contains)
                || path.stream()
                        .map(Unknowns::leaves)
                        .anyMatch(l -> one.stream().anyMatch(l::contains)
                                && other.stream().anyMatch(l::contains));
    }

    /** Two pointers are compared, and what is behind them is taken to be apart all the same. */
    private Optional<String> apart(Finding f, List<Expr> path) {
        Valuation values = new Valuation(f.witness());
        return overlaps.stream()
                .filter(p -> Math.abs(values.of(p.written()) - values.of(p.other())) < FAR)
                .filter(p -> path.stream()
                        .map(Unknowns::leaves)
                        .anyMatch(l -> l.contains(p.written()) && l.contains(p.other())))
                .findFirst()
                .map(p -> "a difference depends on where two pointers point, and what is behind them may overlap");
    }
}
