// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.tracing;

/** Whether the function tracer can be attached to a function, and if not, why. */
public enum Traceability {
    /** It begins with a site that the tracer patches. */
    TRACEABLE("can be traced"),
    /** It is defined, but has no code of its own. */
    INLINED("inlined, or left out because nobody uses it"),
    /** {@code inline} of include/linux/compiler_types.h is a macro that says notrace too. */
    INLINE("declared inline, which implies notrace"),
    NOTRACE("marked notrace"),
    /** In a section that must not be instrumented: {@code noinstr}, or the entry code. */
    NOINSTR("in code that must not be instrumented"),
    /** No function of its object has a site. */
    FILE("its file is compiled without tracing"),
    /** It has code without a site, and nothing says why. */
    UNEXPLAINED("it has no trace site"),
    /** This state does not have it. */
    ABSENT("not there");

    private final String text;

    Traceability(String text) {
        this.text = text;
    }

    /** As reports write it. */
    public String text() {
        return text;
    }
}
