// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.words;

import java.util.Comparator;
import java.util.Optional;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.object.DebugInfo;

/** Which member of the task or of the saved registers lies at a place: offsets and sizes in bytes, names as in C. */
final class Members {
    private final DebugInfo debug;

    Members(DebugInfo debug) {
        this.debug = debug;
    }

    /** The structure that a word is read from at a known place, where its type is known. */
    Optional<String> object(Expr.Apply read) {
        return read.arguments().size() == 2 && read.arguments().get(1) instanceof Expr.Const
                ? structure(read.arguments().getFirst())
                : Optional.empty();
    }

    private static Optional<String> structure(Expr base) {
        if (!(base instanceof Expr.Sym s)) {
            return Optional.empty();
        }
        return switch (s.name()) {
            case "current" -> Optional.of("task_struct");
            case "regs", "interrupted regs" -> Optional.of("pt_regs");
            default -> Optional.empty();
        };
    }

    /** The member at {@code offset}; empty where the object's type is not known. */
    Optional<String> name(Expr base, long offset) {
        return structure(base)
                .map(type -> type.equals("pt_regs")
                        ? member(type, offset)
                                .map(m -> "regs->" + m.substring(8))
                                .orElse("regs+" + offset)
                        : member(type, offset).orElse("current+" + offset));
    }

    /** Whether it is known what structure {@code base} points to. */
    boolean knows(Expr base) {
        return structure(base).isPresent();
    }

    /** Bytes from {@code offset} on that are one member, {@code most} at most; a half word where that is not known. */
    int unit(Expr base, long offset, int most) {
        return structure(base)
                .flatMap(type -> Optional.ofNullable(debug.structures().get(type)))
                .map(s -> unit(s, offset, most))
                .orElse(Math.min(most, 4));
    }

    private int unit(DebugInfo.Structure s, long offset, int most) {
        Optional<DebugInfo.Member> at = innermost(s, offset);
        if (at.isEmpty()) {
            return 1; // padding
        }
        DebugInfo.Member m = at.get();
        DebugInfo.Structure nested = debug.structures().get(m.type().text());
        if (nested != null && !nested.members().isEmpty()) {
            return unit(nested, offset - m.offset(), Math.min(most, (int)
                    (m.offset() + m.type().size() - offset)));
        }
        // In a union another member may begin within this one.
        long next = s.members().stream()
                .mapToLong(n -> n.offset() - offset)
                .filter(n -> n > 0)
                .min()
                .orElse(most);
        return (int)
                Math.min(Math.min(most, next), Math.max(1, m.offset() + m.type().size() - offset));
    }

    private Optional<String> member(String structure, long offset) {
        DebugInfo.Structure s = debug.structures().get(structure);
        return s == null ? Optional.empty() : innermost(s, offset).map(m -> name(structure, m, offset));
    }

    private static Optional<DebugInfo.Member> innermost(DebugInfo.Structure s, long offset) {
        return s.members().stream()
                .filter(m -> offset >= m.offset()
                        && offset < m.offset() + Math.max(1, m.type().size()))
                .min(Comparator.comparingInt(m -> m.type().size()));
    }

    private String name(String structure, DebugInfo.Member m, long offset) {
        long inside = offset - m.offset();
        if (m.name().equals("thread_info")) {
            return member("thread_info", inside).orElse("thread_info+" + inside);
        }
        DebugInfo.Structure nested = debug.structures().get(m.type().text());
        if (nested != null && !nested.members().isEmpty()) {
            String path = structure + "." + m.name();
            return member(nested.name(), inside)
                    .map(n -> path + n.substring(nested.name().length()))
                    .orElse(path + "+" + inside);
        }
        boolean array = m.type().text().contains("[");
        String index = array ? "[" + inside / 8 + "]" : inside == 0 ? "" : "+" + inside;
        return structure + "." + m.name() + index;
    }
}
