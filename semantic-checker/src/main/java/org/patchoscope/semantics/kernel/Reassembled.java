// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel;

import java.nio.file.Path;
import org.patchoscope.semantics.kernel.files.CompileOutcome;

/** What became of assembling a changed copy of an assembly source. */
public sealed interface Reassembled {
    /** There is an object, of a text made of the {@code preprocessed} one. */
    record Made(Path object, String preprocessed) implements Reassembled {}

    /** There is none. */
    record NotMade(CompileOutcome why) implements Reassembled {}
}
