// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.work;

import java.util.Optional;

/**
 * Whether work may go on. Whatever takes long is handed one, and asks it between its steps. Once there is no time left
 * there never is again. What was found with time left does not depend on it; what was not found for want of time is
 * no result of the code, and must not be kept as one.
 */
@FunctionalInterface
public interface WorkTime {
    /** Never up. */
    WorkTime UNBOUNDED = Optional::empty;

    /**
     * Why there is no time left, for people; empty while there is.
     *
     * @throws WorkCancelled where nobody wants the result any more
     */
    Optional<String> up();

    /**
     * Goes on, or ends the work.
     *
     * @throws TimeIsUp where there is no time left
     * @throws WorkCancelled where nobody wants the result any more
     */
    default void check() {
        up().ifPresent(why -> {
            throw new TimeIsUp(why);
        });
    }
}
