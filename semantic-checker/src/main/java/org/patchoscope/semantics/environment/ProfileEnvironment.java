// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.environment;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.semantics.expr.Bits;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.layout.KernelStack;
import org.patchoscope.semantics.layout.Layout;
import org.patchoscope.semantics.layout.Placement;
import org.patchoscope.semantics.program.Program.FunctionRef;
import org.patchoscope.semantics.trace.Cell;

/** The environment as an architecture's profile describes it, for one side of a comparison. */
public final class ProfileEnvironment implements Environment {
    private final Exprs x;
    private final Layout layout;
    private final Map<String, Long> macros;
    private final ReadSemantics reading;
    private final Predicate<String> opaque;
    private final UnaryOperator<String> names;
    private final Map<String, Frame> frames = new HashMap<>();
    private final Set<String> silent = new HashSet<>();
    private final Map<Long, Long> stable = new LinkedHashMap<>();
    private final Map<Long, String> stableNames = new LinkedHashMap<>();
    private final Map<String, Boolean> keys = new HashMap<>();
    private final Set<Long> volatileOffsets;
    private final Map<Integer, String> features;
    private final Optional<Expr> stackBottom;
    private final long stackCell;
    private final Map<String, ResultRelation.Side> related;
    private final Map<String, List<Supply>> supplied;
    private final Predicate<String> off;
    private final Placement placement;

    /**
     * @param opaque which functions of the world are events, by new name
     * @param names old name to new, for callees of the old side
     * @param macros values of the tree's macros
     * @param features CPU feature numbers by name
     * @param off static keys that are taken to be disabled; the others may be either
     * @param related results that are truth values on one side alone, by callee
     * @param supplied parameters that only one side has, by callee
     * @param placement where bytes lie in the numbering of {@code layout}
     */
    public ProfileEnvironment(
            ArchProfile profile,
            Exprs exprs,
            Layout layout,
            Map<String, Long> macros,
            Map<Integer, String> features,
            ReadSemantics reading,
            Predicate<String> opaque,
            UnaryOperator<String> names,
            Map<String, ResultRelation.Side> related,
            Map<String, List<Supply>> supplied,
            Predicate<String> off,
            Placement placement) {
        this.off = off;
        this.placement = placement;
        this.related = Map.copyOf(related);
        this.supplied = Map.copyOf(supplied);
        this.x = exprs;
        this.layout = layout;
        this.macros = Map.copyOf(macros);
        this.features = Map.copyOf(features);
        this.reading = reading;
        this.opaque = opaque;
        this.names = names;
        this.volatileOffsets = Set.copyOf(profile.volatileCells().stream()
                .map(layout::slot)
                .flatMap(Optional::stream)
                .map(s -> Math.floorDiv(s.offset(), 8L) * 8)
                .toList());
        for (ArchProfile.FrameRule r : profile.frames()) {
            Frame f = new Frame(Set.copyOf(r.preserves()), true, r.reason() + " (" + r.source() + ")");
            r.callees().forEach(c -> frames.put(c, f));
        }
        profile.fixedKeys().forEach(k -> keys.put(k.key(), k.enabled()));
        profile.silent().forEach(r -> silent.addAll(r.callees()));
        profile.stableCells().forEach(c -> addStable(c.cell(), -1L));
        profile.stableBits().forEach(b -> addStable(b.cell(), bits(b.macros())));
        ArchProfile.RegistersOnStack onStack = profile.registersOnStack();
        this.stackCell = layout.slot(onStack.cell()).map(Layout.Slot::offset).orElse(-1L);
        this.stackBottom = bottomOfStack(onStack);
    }

    private Optional<Expr> bottomOfStack(ArchProfile.RegistersOnStack onStack) {
        OptionalLong end = KernelStack.end(macros, onStack.sizeMacro());
        Optional<Integer> registers = layout.sizeOf("pt_regs");
        return end.isEmpty() || registers.isEmpty()
                ? Optional.empty()
                : Optional.of(x.add(x.sym("regs", 64), registers.get() - end.getAsLong()));
    }

    private long bits(List<String> names) {
        return names.stream().mapToLong(n -> macros.getOrDefault(n, 0L)).reduce(0, (a, b) -> a | b);
    }

    private void addStable(String cell, long mask) {
        layout.slot(cell).ifPresent(s -> {
            long word = Math.floorDiv(s.offset(), 8L) * 8;
            long shift = (s.offset() - word) * 8;
            long width = Bits.mask(Math.clamp(s.size() * 8L, 1, 64));
            stable.merge(word, (mask & width) << shift, (a, b) -> a | b);
            stableNames.putIfAbsent(word, cell);
        });
    }

    @Override
    public boolean opaque(FunctionRef callee) {
        return opaque.test(names.apply(callee.name()));
    }

    @Override
    public String eventName(String callee) {
        return names.apply(callee);
    }

    @Override
    public boolean silent(String callee) {
        return silent.contains(callee);
    }

    @Override
    public Frame frame(String callee) {
        return frames.getOrDefault(callee, Frame.ANYTHING);
    }

    @Override
    public Optional<Boolean> staticKey(String key) {
        return off.test(key) ? Optional.of(false) : Optional.ofNullable(keys.get(key));
    }

    @Override
    public Optional<Boolean> cpuFeature(int feature) {
        return Optional.empty();
    }

    @Override
    public String featureName(int feature) {
        return features.getOrDefault(feature, "feature " + feature);
    }

    @Override
    public ReadSemantics reading() {
        return reading;
    }

    private static boolean isCurrent(Cell cell) {
        return cell.base() instanceof Expr.Sym s && s.name().equals("current");
    }

    @Override
    public boolean isVolatile(Cell cell) {
        return isCurrent(cell) && volatileOffsets.contains(cell.offset());
    }

    @Override
    public long stableBits(Cell cell) {
        return isCurrent(cell) ? stable.getOrDefault(cell.offset(), 0L) : 0;
    }

    @Override
    public Optional<String> stableName(Cell cell) {
        return isCurrent(cell) ? Optional.ofNullable(stableNames.get(cell.offset())) : Optional.empty();
    }

    @Override
    public boolean inRegion(Cell cell, String region) {
        return switch (region) {
            case "*" -> true;
            case "pt_regs" -> cell.base() instanceof Expr.Sym s && s.name().equals("regs");
            case "current" -> isCurrent(cell);
            default ->
                isCurrent(cell)
                        && layout.slot(region)
                                .filter(s -> cell.offset() + 8 > s.offset() && cell.offset() < s.offset() + s.size())
                                .isPresent();
        };
    }

    @Override
    public Optional<ResultRelation.Side> related(String callee) {
        return Optional.ofNullable(related.get(callee));
    }

    @Override
    public List<Supply> supplied(String callee) {
        return supplied.getOrDefault(callee, List.of());
    }

    @Override
    public Optional<Expr> initialValue(Cell cell) {
        return isCurrent(cell) && cell.offset() == stackCell ? stackBottom : Optional.empty();
    }

    @Override
    public Placement placement() {
        return placement;
    }
}
