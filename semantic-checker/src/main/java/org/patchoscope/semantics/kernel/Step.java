// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel;

import java.util.function.Function;
import org.patchoscope.semantics.kernel.files.CompileOutcome;

/** The result of one step on the way to an object: a value, or the outcome that ends the way. */
sealed interface Step<T> {
    record Done<T>(T value) implements Step<T> {}

    record Stopped<T>(CompileOutcome outcome) implements Step<T> {}

    default <U> Step<U> then(Function<T, Step<U>> next) {
        return switch (this) {
            case Done<T> done -> next.apply(done.value());
            case Stopped<T> stopped -> new Stopped<>(stopped.outcome());
        };
    }
}
