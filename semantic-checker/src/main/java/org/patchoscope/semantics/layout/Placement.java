// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.layout;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.patchoscope.semantics.expr.Expr;

/** Where bytes lie in a numbering that two versions share although they lay structures out differently. */
public interface Placement {

    /** The common offset of {@code bytes} bytes at {@code offset} behind {@code base}; empty if it is not known. */
    OptionalLong place(Expr base, long offset, int bytes);

    /** The rules that have the word at {@code offset} behind {@code base} on either end. */
    List<MovedBits> moved(Expr base, long offset);

    /** The structure of which {@code offset} behind {@code base} is a member that only the new version has. */
    Optional<String> added(Expr base, long offset);

    /** Both versions lay out everything alike. */
    static Placement asItIs() {
        return new Placement() {
            @Override
            public OptionalLong place(Expr base, long offset, int bytes) {
                return OptionalLong.of(offset);
            }

            @Override
            public Optional<String> added(Expr base, long offset) {
                return Optional.empty();
            }

            @Override
            public List<MovedBits> moved(Expr base, long offset) {
                return List.of();
            }
        };
    }
}
