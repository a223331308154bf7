// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.layout.CommonLayout;
import org.patchoscope.semantics.layout.Layout;
import org.patchoscope.semantics.layout.MovedBits;
import org.patchoscope.semantics.layout.Placement;
import org.patchoscope.semantics.layout.Pointees;
import org.patchoscope.semantics.object.DebugInfo;
import org.patchoscope.semantics.source.SourceFacts;

/** How two versions number the bytes of structures: alike, or by what their members are called. */
public sealed interface LayoutRelation {

    /** Where members lie for what the profile says of them. */
    Layout layout();

    /** Where bytes lie as one version sees them, whose parameters are {@code parameters}. */
    Placement placement(boolean after, Map<String, DebugInfo.Type> parameters);

    /** How values of the new version look in the numbering of both. */
    AddressNormalizer view(Exprs x, Map<String, DebugInfo.Type> parameters);

    /** Both lay out everything alike. */
    record Alike(Layout layout) implements LayoutRelation {
        @Override
        public Placement placement(boolean after, Map<String, DebugInfo.Type> parameters) {
            return Placement.asItIs();
        }

        @Override
        public AddressNormalizer view(Exprs x, Map<String, DebugInfo.Type> parameters) {
            return AddressNormalizer.asItIs(x);
        }
    }

    /** Members lie elsewhere, and are matched by their names. */
    record ByName(CommonLayout common, SourceFacts facts, Map<String, List<MovedBits>> moved)
            implements LayoutRelation {
        @Override
        public Layout layout() {
            return new Layout(common.debug());
        }

        @Override
        public Placement placement(boolean after, Map<String, DebugInfo.Type> parameters) {
            return new Pointees(common, after, parameters, facts.variables(), moved);
        }

        @Override
        public AddressNormalizer view(Exprs x, Map<String, DebugInfo.Type> parameters) {
            return AddressNormalizer.of(x, new Pointees(common, true, parameters, facts.variables(), moved));
        }
    }

    /**
     * The profile's rules for bits that are in another word now, for one pair of versions.
     *
     * @param before macros of the old version
     * @param after macros of the new version
     */
    static Map<String, List<MovedBits>> moved(
            ArchProfile profile, CommonLayout common, Map<String, Long> before, Map<String, Long> after) {
        Map<String, List<MovedBits>> all = new TreeMap<>();
        Layout layout = new Layout(common.debug());
        for (ArchProfile.MovedBits rule : profile.movedBits()) {
            Optional<Layout.Slot> from = layout.slot(rule.from());
            Optional<Layout.Slot> to = layout.slot(rule.to());
            if (from.isEmpty()
                    || to.isEmpty()
                    || from.get().offset() == to.get().offset()) {
                continue;
            }
            List<MovedBits.Bit> bits = new ArrayList<>();
            rule.bits()
                    .forEach((a, b) -> bit(before.get(a), after.get(b), false).ifPresent(bits::add));
            rule.copied()
                    .forEach((a, b) -> bit(before.get(a), after.get(b), true).ifPresent(bits::add));
            boolean words = from.get().offset() % 8 == 0 && to.get().offset() % 8 == 0;
            if (!bits.isEmpty() && words && !common.isOld(rule.to())) {
                long base = layout.slot("task_struct.thread_info")
                        .map(Layout.Slot::offset)
                        .orElse(0L);
                all.put(
                        "task_struct",
                        List.of(new MovedBits(
                                rule.to(), from.get().offset(), to.get().offset(), bits)));
                all.put(
                        "thread_info",
                        List.of(new MovedBits(
                                rule.to(), from.get().offset() - base, to.get().offset() - base, bits)));
            }
        }
        return all;
    }

    private static Optional<MovedBits.Bit> bit(@Nullable Long from, @Nullable Long to, boolean copied) {
        return from == null || to == null || Long.bitCount(from) != 1 || Long.bitCount(to) != 1
                ? Optional.empty()
                : Optional.of(
                        new MovedBits.Bit(Long.numberOfTrailingZeros(from), Long.numberOfTrailingZeros(to), copied));
    }

    /** Types of parameters by the name they have in expressions. */
    static Map<String, DebugInfo.Type> types(Optional<DebugInfo.Prototype> prototype, List<String> names) {
        Map<String, DebugInfo.Type> all = new TreeMap<>();
        prototype.ifPresent(p -> {
            List<String> called = names.size() == p.parameters().size() ? names : p.names();
            for (int i = 0; i < Math.min(called.size(), p.parameters().size()); i++) {
                all.putIfAbsent(called.get(i), p.parameters().get(i));
                all.putIfAbsent(called.get(i) + " (parameter)", p.parameters().get(i));
            }
        });
        return all;
    }
}
