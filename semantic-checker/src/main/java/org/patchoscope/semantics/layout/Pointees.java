// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.layout;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Cases;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.object.DebugInfo;

/**
 * What lies behind a pointer, as the debug information tells it, and so where its bytes are in the common numbering of
 * two versions. Where that is not known, an access is not placed: it might be one to a structure whose layout changes.
 */
public final class Pointees implements Placement {
    private static final Set<String> ANY = Set.of("void", "char", "unsigned char", "u8", "__u8", "uint8_t", "?");
    private static final Set<String> OWN = Set.of("regs", "stack", "percpu", "return");

    private sealed interface Kind {
        record Structure(String name) implements Kind {}

        /** Something in which no structure with a changed layout can be. */
        record Apart() implements Kind {}

        record Unknown() implements Kind {}
    }

    private static final String ARRAY = " []";
    private static final int POINTER = 8;

    private static final Kind APART = new Kind.Apart();
    private static final Kind UNKNOWN = new Kind.Unknown();

    private final CommonLayout layout;
    private final boolean after;
    private final Map<String, DebugInfo.Type> parameters;
    private final Map<String, String> globals;
    private final Set<String> within;
    private final Map<String, List<MovedBits>> moved;

    /**
     * Pointers of one version.
     *
     * @param after whether it is the new version
     * @param parameters types of the compared function's parameters, by the name they have in expressions
     * @param globals variables that are structures with a changed layout: the structure, by the variable's name
     * @param moved bits that the new version has in another word, by the structure that offsets count from
     */
    public Pointees(
            CommonLayout layout,
            boolean after,
            Map<String, DebugInfo.Type> parameters,
            Map<String, String> globals,
            Map<String, List<MovedBits>> moved) {
        this.moved = after ? Map.copyOf(moved) : Map.of();
        this.layout = layout;
        this.after = after;
        this.parameters = Map.copyOf(parameters);
        this.globals = Map.copyOf(globals);
        this.within = layout.within();
    }

    @Override
    public OptionalLong place(Expr base, long offset, int bytes) {
        return switch (kind(base)) {
            case Kind.Apart a -> OptionalLong.of(offset);
            case Kind.Unknown u -> OptionalLong.empty();
            case Kind.Structure s -> place(s.name(), offset, bytes);
        };
    }

    @Override
    public List<MovedBits> moved(Expr base, long offset) {
        return moved.isEmpty()
                ? List.of()
                : changed(base).map(s -> moved.getOrDefault(s, List.of())).orElse(List.of()).stream()
                        .filter(m -> m.from() == offset || m.to() == offset)
                        .toList();
    }

    @Override
    public Optional<String> added(Expr base, long offset) {
        return after && offset >= CommonLayout.FAR ? changed(base) : Optional.empty();
    }

    private OptionalLong place(String structure, long offset, int bytes) {
        if (layout.changed().contains(structure)) {
            return after ? layout.after(structure, offset, bytes) : layout.before(structure, offset, bytes);
        }
        DebugInfo.Structure s = layout.debug().structures().get(structure);
        boolean inside = s != null && offset >= 0 && offset + bytes <= s.size();
        return inside || !within.contains(structure) ? OptionalLong.of(offset) : OptionalLong.empty();
    }

    /** The structure with a changed layout that {@code base} points to. */
    public Optional<String> changed(Expr base) {
        return kind(base) instanceof Kind.Structure s && layout.changed().contains(s.name())
                ? Optional.of(s.name())
                : Optional.empty();
    }

    private Kind kind(Expr base) {
        return switch (base) {
            case Expr.Sym s -> symbol(s.name());
            case Expr.Const c -> APART;
            case Expr.Binary b when b.op() == BinaryOp.ADD && PerCpu.isOffset(b.left()) -> kind(b.right());
            case Expr.Binary b when b.op() == BinaryOp.ADD && PerCpu.isOffset(b.right()) -> kind(b.left());
            case Expr.Binary b
            when b.op() == BinaryOp.ADD -> kind(b.left()) == APART && kind(b.right()) == APART ? APART : UNKNOWN;
            case Expr.Ite i ->
                Cases.of(i).stream().map(this::kind).reduce(Pointees::same).orElseThrow();
            case Expr.Apply a when a.function().startsWith("memory@") -> member(a);
            default -> UNKNOWN;
        };
    }

    private static Kind same(Kind one, Kind other) {
        return one.equals(other) ? one : UNKNOWN;
    }

    private Kind symbol(String name) {
        if (name.equals("current")) {
            return new Kind.Structure("task_struct");
        }
        if (name.startsWith("&")) {
            String structure = globals.get(name.substring(1));
            return structure == null ? APART : new Kind.Structure(structure);
        }
        if (OWN.contains(name)) {
            return APART;
        }
        DebugInfo.Type parameter = parameters.get(name);
        if (parameter != null) {
            return behind(parameter);
        }
        int end = name.lastIndexOf('#');
        DebugInfo.Prototype callee = name.startsWith("ret:") && end > 0
                ? layout.debug().prototypes().get(name.substring("ret:".length(), end))
                : null;
        return callee == null ? UNKNOWN : behind(callee.result());
    }

    /** What a member that is a pointer points to. */
    private Kind member(Expr.Apply read) {
        return kind(read.arguments().getFirst()) instanceof Kind.Structure s
                        && read.arguments().getLast() instanceof Expr.Const at
                ? member(s.name(), at.value(), 0)
                : UNKNOWN;
    }

    private Kind member(String structure, long at, int depth) {
        DebugInfo.Structure s = layout.debug().structures().get(structure);
        if (s == null || depth > 8) {
            return UNKNOWN;
        }
        for (DebugInfo.Member m : s.members()) {
            boolean holds =
                    m.offset() <= at && at < m.offset() + (long) m.type().size();
            if (!holds) {
                continue;
            }
            String element = m.type().text().endsWith(ARRAY)
                    ? m.type().text().substring(0, m.type().text().length() - ARRAY.length())
                    : m.type().text();
            DebugInfo.Structure inner = layout.debug().structures().get(element);
            if (inner != null) {
                return member(element, (at - m.offset()) % Math.max(1, inner.size()), depth + 1);
            }
            if (element.endsWith("*") && (at - m.offset()) % POINTER == 0) {
                return isStack(structure, m) ? APART : behind(new DebugInfo.Type(element, POINTER));
            }
        }
        return UNKNOWN;
    }

    /**
     * Of a task's stack only the registers saved at its end are accessed from elsewhere ({@code task_pt_regs()}), where
     * {@code thread_info} is a part of the task ({@code CONFIG_THREAD_INFO_IN_TASK}).
     */
    private boolean isStack(String structure, DebugInfo.Member m) {
        return structure.equals("task_struct")
                && m.name().equals("stack")
                && layout.debug().member("task_struct", "thread_info").isPresent()
                && !layout.changed().contains("pt_regs")
                && !within.contains("pt_regs");
    }

    private Kind behind(DebugInfo.Type pointer) {
        String text = pointer.text();
        if (!text.endsWith("*")) {
            return UNKNOWN;
        }
        String to = text.substring(0, text.length() - 1)
                .replaceAll("\\b(const|volatile)\\b", "")
                .trim();
        if (layout.debug().structures().containsKey(to)) {
            return new Kind.Structure(to);
        }
        return ANY.contains(to) ? UNKNOWN : APART;
    }
}
