// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.trace;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An access of which every single one counts, as the call of a marker that stands for it in code made for comparison. No C
 * identifier has a dot in it, so no function of a program is taken for a marker.
 *
 * @param kind what is done
 * @param how the operation of an update; empty for others
 * @param order the memory order, as LLVM names it; empty where it is volatile alone
 * @param width in bits; 0 where no memory is named
 */
public record MarkedAccess(Kind kind, String how, String order, int width) {
    private static final Pattern SYMBOL =
            Pattern.compile("patchoscope\\.(read|write|update|exchange|fence|barrier)\\.([a-z]*)\\.([a-z_]*)\\.(\\d+)");

    /** What is done; the name in lower case is part of the symbol. */
    public enum Kind {
        READ,
        WRITE,
        UPDATE,
        EXCHANGE,
        FENCE,
        BARRIER
    }

    /** A volatile read, or an atomic one where {@code order} is given. */
    public static MarkedAccess read(String order, int width) {
        return new MarkedAccess(Kind.READ, "", order, width);
    }

    /** A volatile write, or an atomic one where {@code order} is given. */
    public static MarkedAccess write(String order, int width) {
        return new MarkedAccess(Kind.WRITE, "", order, width);
    }

    /** An atomic read, operation and write. */
    public static MarkedAccess update(String operation, String order, int width) {
        return new MarkedAccess(Kind.UPDATE, operation, order, width);
    }

    /** An atomic write where an expected value is read. */
    public static MarkedAccess exchange(String order, int width) {
        return new MarkedAccess(Kind.EXCHANGE, "", order, width);
    }

    /** A barrier for other processors. */
    public static MarkedAccess fence(String order) {
        return new MarkedAccess(Kind.FENCE, "", order, 0);
    }

    /** A barrier for the compiler alone. */
    public static MarkedAccess barrier() {
        return new MarkedAccess(Kind.BARRIER, "", "", 0);
    }

    /** The marker that {@code symbol} names, if it names one. */
    public static Optional<MarkedAccess> of(String symbol) {
        Matcher m = SYMBOL.matcher(symbol);
        return m.matches()
                ? Optional.of(new MarkedAccess(
                        Kind.valueOf(m.group(1).toUpperCase(java.util.Locale.ROOT)),
                        m.group(2),
                        m.group(3),
                        Integer.parseInt(m.group(4))))
                : Optional.empty();
    }

    /** Whether a symbol is that of a marker. */
    public static boolean isMarker(String symbol) {
        return of(symbol).isPresent();
    }

    /** The name of its marker. */
    public String symbol() {
        return "patchoscope." + kind.name().toLowerCase(java.util.Locale.ROOT) + "." + how + "." + order + "." + width;
    }

    /** What it is called as an event; a volatile access as the kernel's sources call it. */
    public String event() {
        String of = width + "-bit ";
        String ordered = " (" + order.replace('_', ' ').strip() + ")";
        return switch (kind) {
            case READ -> order.isEmpty() ? of + "READ_ONCE" : of + "atomic read" + ordered;
            case WRITE -> order.isEmpty() ? of + "WRITE_ONCE" : of + "atomic write" + ordered;
            case UPDATE -> of + "atomic " + how + ordered;
            case EXCHANGE -> of + "atomic compare and exchange" + ordered;
            case FENCE -> "fence" + ordered;
            case BARRIER -> "compiler barrier";
        };
    }
}
