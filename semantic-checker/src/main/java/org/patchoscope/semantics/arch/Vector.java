// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.arch;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;

/**
 * How the processor enters code by itself.
 *
 * @param pushed what it leaves on the stack
 * @param saved where the interrupted registers are to lie
 * @param origins what it may have been doing; each but the last is taken where its question is answered with yes
 */
public record Vector(Pushed pushed, List<Origin> origins, Saved saved) {
    /** Names of the words of a frame, from the stack pointer up: SDM vol. 3A, section 6.14.2. */
    private static final List<String> FRAME =
            List.of("interrupted ip", "interrupted cs", "interrupted flags", "interrupted sp", "interrupted ss");

    private static final String ERROR_CODE = "error code";

    /** The selector in a frame, of which the two lowest bits are the privilege level. */
    private static final int SELECTOR = 1;

    /** Bits of a selector that are its privilege level. */
    public static final int LEVEL_BITS = 2;

    private static final int USER = 3;

    public Vector {
        origins = List.copyOf(origins);
    }

    /** A vector that says itself where it saves registers. */
    public Vector(Pushed pushed, List<Origin> origins) {
        this(pushed, origins, Saved.BY_THE_CODE);
    }

    /** Where the interrupted registers are to lie. */
    public enum Saved {
        /** Wherever the code puts them, below what the processor has pushed. */
        BY_THE_CODE,
        /** From the stack pointer up, with the interrupted code's stack above them where that was the kernel's. */
        AT_THE_STACK_POINTER
    }

    /** What the processor pushes. */
    public enum Pushed {
        /** System calls by instruction push nothing. */
        NOTHING(List.of()),
        /** {@code rip}, {@code cs}, {@code rflags}, {@code rsp} and {@code ss}. */
        FRAME(Vector.FRAME),
        /** The same, and an error code, or a stub's number of the vector, below it. */
        FRAME_AND_CODE(
                Stream.concat(Stream.of(ERROR_CODE), Vector.FRAME.stream()).toList());

        private final List<String> words;

        Pushed(List<String> words) {
            this.words = List.copyOf(words);
        }

        /** How many bytes, with the processor's own frame the last of them. */
        public int bytes() {
            return 8 * words.size();
        }
    }

    /**
     * What the processor may have been doing.
     *
     * @param name in words that end a sentence
     * @param question a statement that is true of it, of those that the ones before are not true of; the last has none
     * @param user whether it was in user mode
     * @param registers what differs from a called function
     */
    public record Origin(String name, String question, boolean user, Map<String, Abi.Initial> registers) {
        public Origin {
            registers = Map.copyOf(registers);
        }

        /** The privilege level that was interrupted, as the two lowest bits of a selector have it. */
        public Expr level(Exprs x) {
            return x.constant(user ? USER : 0, LEVEL_BITS);
        }
    }

    /** The words that the processor has pushed, from the stack pointer up. */
    public List<Expr> frame(Exprs x, Origin from) {
        int selector = pushed.words.size() - FRAME.size() + SELECTOR;
        return IntStream.range(0, pushed.words.size())
                .mapToObj(i -> i == selector
                        ? x.concat(x.sym(pushed.words.get(i), 64 - LEVEL_BITS), from.level(x))
                        : x.sym(pushed.words.get(i), 64))
                .toList();
    }
}
