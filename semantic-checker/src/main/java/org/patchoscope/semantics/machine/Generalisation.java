// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.machine;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.solver.Unknowns;

/**
 * What two pairs of states have in common: a value that is the same in both stays, any other becomes a new unknown. Values that
 * agree in either pair become the same unknown, in whatever register, word or version they are: that is what is remembered of
 * them. Whatever is proven of the new unknowns is true of both pairs.
 */
public final class Generalisation {
    private static final String LEFT_OVER = "undefined:";
    private static final int WORD = 64;
    private static final int HALF = 32;

    private record Key(Expr one, Expr two) {}

    private final Exprs x;
    private final String family;
    private final String name;
    private final int[] widths;
    private final Map<Key, Expr> values = new HashMap<>();
    private final Set<Expr> renamed = new HashSet<>();
    private boolean widened;
    private boolean lost;
    private int number;

    private Generalisation(Exprs exprs, String family, int round, int... widths) {
        this.x = exprs;
        this.family = family;
        this.name = family + round;
        this.widths = widths;
    }

    /** One for the turns of a loop: the {@code round}th try to say what holds whenever its head is come to. */
    public static Generalisation turns(Exprs exprs, int loop, int round) {
        return new Generalisation(exprs, "loop " + loop + " turn ", round, 32, WORD);
    }

    /** The names of all that this makes begin so. */
    public String name() {
        return name;
    }

    /** Looks at values that are whole words, of which no upper bits are known to be zero, before parts of them. */
    void wholeWord(Expr one, Expr two) {
        if (one.width() == WORD && rounded(Math.max(significant(one), significant(two))) == WORD) {
            Expr _ = of(one, two);
        }
    }

    /** The value that stands for both. */
    Expr of(Expr one, Expr two) {
        if (one == two) {
            return one;
        }
        Expr known = values.get(new Key(one, two));
        if (known == null) {
            known = make(one, two);
            values.put(new Key(one, two), known);
        }
        return known;
    }

    private Expr make(Expr one, Expr two) {
        int width = rounded(Math.max(significant(one), significant(two)));
        if (width < one.width()) {
            Expr low = of(x.extract(one, 0, width), x.extract(two, 0, width));
            return x.zeroExtend(low, one.width());
        }
        // What is behind an unknown pointer is the same in both versions; what a static object holds need not be.
        lost |= pointsToStatic(one) || pointsToStatic(two);
        boolean leftOver = isLeftOver(one) && isLeftOver(two);
        Expr unknown = x.sym((leftOver ? LEFT_OVER : "") + name + ":" + ++number, one.width());
        widened |= !(isOwn(one) && renamed.add(one));
        if (one.width() == WORD) {
            values.putIfAbsent(new Key(x.extract(one, 0, HALF), x.extract(two, 0, HALF)), x.extract(unknown, 0, HALF));
        }
        return unknown;
    }

    private static boolean pointsToStatic(Expr e) {
        return Unknowns.leaves(e).stream()
                .anyMatch(u -> u instanceof Expr.Sym s && s.name().startsWith("&"));
    }

    /** Whether something would have to be forgotten that may not be. */
    public boolean lost() {
        return lost;
    }

    /** Whether an earlier try for the same place has made the unknown. */
    private boolean isOwn(Expr e) {
        return e instanceof Expr.Sym s
                && (s.name().startsWith(family) || s.name().startsWith(LEFT_OVER + family));
    }

    /** Values grow from turn to turn: they are not followed bit by bit. */
    private int rounded(int width) {
        for (int w : widths) {
            if (width <= w) {
                return w;
            }
        }
        return WORD;
    }

    /** Bits up to the highest that may be set, one at least. */
    private int significant(Expr e) {
        long zeros = x.known(e).zeros();
        int width = e.width();
        while (width > 1 && (zeros >>> width - 1 & 1) == 1) {
            width--;
        }
        return width;
    }

    private static boolean isLeftOver(Expr e) {
        return e instanceof Expr.Sym s && s.name().startsWith(LEFT_OVER);
    }

    /** The history of both, as that of one moment. */
    History of(History one, History two) {
        if (one == two) {
            return one;
        }
        History shared = one.shared(two);
        boolean again =
                shared == one && one instanceof History.After a && a.tag().startsWith(family);
        History base = again ? ((History.After) one).before() : shared;
        Optional<History.After> first = one.since(base, name);
        Optional<History.After> second = two.since(base, name);
        History.After both = Stream.of(first, second)
                .flatMap(Optional::stream)
                .reduce((a, b) ->
                        new History.After(base, name, a.frame().and(b.frame()), a.arguments() || b.arguments()))
                .orElseThrow();
        widened |= !(one instanceof History.After a
                && a.tag().startsWith(family)
                && a.before() == base
                && a.frame().preserved().equals(both.frame().preserved())
                && a.arguments() == both.arguments());
        return both;
    }

    /** Notes that something has been forgotten beside values. */
    public void forget() {
        widened = true;
    }

    /** Whether the first was more special than what has been made: where not, the second is one of what it stands for. */
    public boolean widened() {
        return widened;
    }
}
