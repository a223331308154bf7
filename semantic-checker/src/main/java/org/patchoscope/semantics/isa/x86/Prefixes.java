// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.x86;

import java.util.Set;
import org.patchoscope.semantics.isa.Decoded;

/**
 * Prefixes that LLVM prints as words of their own, some of them as if they were instructions. Branch hints and
 * segments without a base mean nothing in 64-bit mode; an override that would mean something is not known.
 *
 * @param lock whether the access is a locked one
 * @param repeat {@code rep}, {@code repne}, … or empty
 * @param unknown one that the rules do not know, or empty
 */
record Prefixes(boolean lock, String repeat, String unknown) {
    static final Prefixes NONE = new Prefixes(false, "", "");

    private static final Set<String> REPEATS = Set.of("rep", "repe", "repz", "repne", "repnz");
    private static final Set<String> IDLE = Set.of("data16", "notrack", "cs", "ds", "es", "ss", "rex64");

    static boolean isPrefix(String word) {
        return word.equals("lock") || REPEATS.contains(word) || IDLE.contains(word);
    }

    /** These and the ones before the mnemonic of {@code decoded}. */
    Prefixes and(Decoded decoded) {
        Prefixes all = this;
        for (String word : decoded.text().split(" ", -1)) {
            if (word.equals(decoded.mnemonic()) && !isPrefix(word)) {
                break;
            }
            all = all.and(word);
        }
        return all;
    }

    private Prefixes and(String word) {
        if (word.equals("lock")) {
            return new Prefixes(true, repeat, unknown);
        }
        if (REPEATS.contains(word)) {
            return new Prefixes(lock, word, unknown);
        }
        return IDLE.contains(word) ? this : new Prefixes(lock, repeat, word);
    }
}
