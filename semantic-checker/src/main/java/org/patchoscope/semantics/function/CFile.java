// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.function;

import org.patchoscope.semantics.object.DebugInfo;
import org.patchoscope.semantics.object.ObjectFile;

/** A C file as it was compiled for one architecture, or why it was not. */
sealed interface CFile {
    /** Its machine code with its markers, and its intermediate code before any optimisation. */
    record Compiled(ObjectFile object, DebugInfo debug, IrFile ir) implements CFile {}

    /** It was not compiled to machine code, because nothing could be said of that. */
    record Opaque(String why, IrFile ir) implements CFile {}

    /** The compiler did not take it; {@code error} is its first complaint. */
    record Failed(String error) implements CFile {}
}
