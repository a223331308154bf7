// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.work;

import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What becomes of an error that nobody expected in one part of a result: that part is not known, and says so in a sentence
 * that begins with {@link #BEGINNING}; the rest stands.
 */
public final class Unexpected {
    /** What such sentences begin with. */
    public static final String BEGINNING = "an error that nobody expected: ";

    private Unexpected() {}

    /**
     * What {@code work} gives, or, where it ends in an error that is not the end of its time, what {@code instead} makes of the
     * sentence about that.
     */
    public static <T> T guarded(Supplier<T> work, Function<String, T> instead) {
        try {
            return work.get();
        } catch (TimeIsUp | WorkCancelled e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            return instead.apply(sentence(e));
        }
    }

    /** The error as a sentence: its kind, what it says, and where in the program. */
    public static String sentence(Throwable e) {
        String what = e.getMessage() == null
                ? ""
                : " (" + e.getMessage().lines().findFirst().orElse("") + ")";
        String where = Arrays.stream(e.getStackTrace())
                .filter(f -> f.getClassName().startsWith("org.patchoscope"))
                .findFirst()
                .map(f -> " in " + f.getClassName().replaceAll(".*\\.", "") + "." + f.getMethodName() + "()")
                .orElse("");
        return BEGINNING + e.getClass().getSimpleName() + what + where;
    }

    /** Whether a reason is such a sentence. */
    public static boolean is(String reason) {
        return reason.contains(BEGINNING);
    }
}
