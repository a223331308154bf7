// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.FindingText;
import org.patchoscope.bot.review.Review.PatchReview;
import org.patchoscope.bot.review.Review.Root;
import org.patchoscope.bot.review.Review.Unit;

/**
 * A cause said once, with everywhere it holds: the finding that shows it most simply, and the others that come from the same hunk.
 *
 * @param number in this report, from 1
 * @param patch number of the patch, 0 for the whole series
 * @param finding as seen first
 * @param configurations it holds in
 * @param functions roots it was seen in, and others of which the same is true
 * @param otherConditions configurations in which the condition reads differently from the one shown
 * @param also what else comes from the same cause, each with where it holds
 * @param open whether not all of these functions was analysed, so that there may be more cases
 */
public record Numbered(
        int number,
        int patch,
        String arch,
        FindingText finding,
        List<String> configurations,
        List<String> functions,
        List<String> otherConditions,
        List<Numbered> also,
        boolean open) {
    /** A call that is named is worth as many tests as this. */
    private static final int NAMED = 3;

    /** That which no assumption makes vanish; then that which takes the fewest tests, and the shortest. */
    private static final Comparator<Numbered> SIMPLEST = Comparator.<Numbered>comparingInt(
                    n -> n.finding().vanishesUnder().size())
            .thenComparingInt(
                    n -> n.tests() + (n.finding().cause().consequence().isEmpty() ? NAMED : 0))
            .thenComparingInt(Numbered::characters);

    private static final Pattern IN_A_FUNCTION = Pattern.compile(" in [A-Za-z_][\\w.]*\\(\\)");

    public Numbered {
        also = List.copyOf(also);
    }

    /** What happens, without the function that it happens in. */
    public String sentence() {
        return IN_A_FUNCTION.matcher(finding.summary()).replaceFirst("");
    }

    /** This one and what else comes from the same cause. */
    public List<Numbered> all() {
        return Stream.concat(Stream.of(this), also.stream()).toList();
    }

    /** All findings: of the patches in order, then those of the whole series that no patch has. */
    public static List<Numbered> of(Review review) {
        List<Numbered> out = new ArrayList<>();
        for (PatchReview patch : review.patches()) {
            merge(patch, out.size() + 1).forEach(out::add);
        }
        for (PatchReview whole : review.whole()) {
            List<Numbered> known = List.copyOf(out);
            merge(whole, 1).stream()
                    .filter(w -> known.stream().noneMatch(k -> k.same(w)))
                    .forEach(w -> out.add(w.as(out.size() + 1)));
        }
        return List.copyOf(out);
    }

    /** Whether one of each says the same of the same architecture; the id alone does not tell, since it names the patch. */
    boolean same(Numbered other) {
        return all().stream().anyMatch(a -> other.all().stream().anyMatch(a::isSame));
    }

    private boolean isSame(Numbered other) {
        return arch.equals(other.arch)
                && finding.kind() == other.finding.kind()
                && (finding.id().equals(other.finding.id()) || finding.summary().equals(other.finding.summary()));
    }

    static List<Numbered> merge(PatchReview patch, int first) {
        Map<String, Merge> byId = new LinkedHashMap<>();
        for (Unit unit : patch.units()) {
            for (Root root : unit.roots()) {
                for (FindingText finding : root.findings()) {
                    byId.computeIfAbsent(unit.arch() + "\0" + finding.id(), _ -> new Merge(unit.arch(), finding))
                            .seen(unit, root, finding);
                }
            }
        }
        Map<String, List<Numbered>> byCause = new LinkedHashMap<>();
        for (Merge m : byId.values()) {
            Numbered one = m.numbered(0, patch.number());
            byCause.computeIfAbsent(one.cause(), _ -> new ArrayList<>()).add(one);
        }
        List<Numbered> out = new ArrayList<>();
        byCause.values().forEach(all -> out.add(together(all).as(first + out.size())));
        return out;
    }

    /** What findings of one cause have in common: of several hunks it is not certain that the cause is one. */
    private String cause() {
        String kind = arch + "\0" + finding.kind() + "\0";
        List<Integer> hunks = finding.cause().hunks();
        return switch (hunks.size()) {
            case 0 -> kind + finding.id();
            case 1 -> kind + hunks;
            default -> kind + hunks + sentence();
        };
    }

    private static Numbered together(List<Numbered> all) {
        Numbered simplest = all.stream().min(SIMPLEST).orElseThrow();
        return new Numbered(
                simplest.number,
                simplest.patch,
                simplest.arch,
                vanishingWith(simplest.finding, all),
                simplest.configurations,
                simplest.functions,
                simplest.otherConditions,
                all.stream().filter(n -> n != simplest).toList(),
                simplest.open);
    }

    /** A cause vanishes where all that comes from it does. */
    private static FindingText vanishingWith(FindingText f, List<Numbered> all) {
        List<String> names = f.vanishesUnder().stream()
                .filter(v ->
                        all.stream().allMatch(n -> n.finding().vanishesUnder().contains(v)))
                .toList();
        return names.equals(f.vanishesUnder())
                ? f
                : new FindingText(
                        f.id(),
                        f.kind(),
                        f.summary(),
                        f.conditions(),
                        f.before(),
                        f.after(),
                        f.witness(),
                        names,
                        f.cause(),
                        f.pairs(),
                        f.further());
    }

    private int tests() {
        return finding.conditions().stream().mapToInt(List::size).min().orElse(0);
    }

    private int characters() {
        return finding.conditions().stream()
                .mapToInt(c -> String.join("", c).length())
                .min()
                .orElse(0);
    }

    private Numbered as(int other) {
        return new Numbered(
                other,
                patch,
                arch,
                finding,
                configurations,
                functions,
                otherConditions,
                also.stream().map(a -> a.as(other)).toList(),
                open);
    }

    private record Merge(
            String arch,
            FindingText finding,
            Set<String> configurations,
            Set<String> functions,
            Set<String> others,
            Set<String> open) {
        Merge(String arch, FindingText finding) {
            this(
                    arch,
                    finding,
                    new LinkedHashSet<>(),
                    new LinkedHashSet<>(),
                    new LinkedHashSet<>(),
                    new LinkedHashSet<>());
        }

        void seen(Unit unit, Root root, FindingText again) {
            configurations.add(unit.configuration());
            functions.add(root.function());
            functions.addAll(root.alike());
            if (!again.conditions().equals(finding.conditions())) {
                others.add(unit.configuration());
            }
            open.addAll(root.reasons());
        }

        Numbered numbered(int number, int patch) {
            return new Numbered(
                    number,
                    patch,
                    arch,
                    finding,
                    List.copyOf(configurations),
                    List.copyOf(functions),
                    List.copyOf(others),
                    List.of(),
                    !open.isEmpty());
        }
    }
}
