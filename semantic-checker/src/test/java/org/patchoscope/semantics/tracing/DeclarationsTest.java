// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeclarationsTest {
    private static final String NOTRACE = "__attribute__((__no_instrument_function__))";

    @Test
    void anAttributeBelongsToTheFunctionWhoseNameFollows() {
        Declarations d = new Declarations("static " + NOTRACE + " int f(int a); static int g(void) { return f(1); }"
                + " static int f(int a) { return a; }");

        assertThat(d.notrace("f")).isTrue();
        assertThat(d.notrace("g")).isFalse();
        assertThat(d.defines("f")).isTrue();
    }

    @Test
    void aCallIsNoDeclaration() {
        Declarations d = new Declarations("int g(void) { int x = f(1); if (x) f(2); else f(3); return f(4); }");

        assertThat(d.defines("f")).isFalse();
        assertThat(d.notrace("f")).isFalse();
    }

    @Test
    void aPrototypeIsNoDefinition() {
        assertThat(new Declarations("extern long f(int a, int (*b)(void)); int g(void) { return 0; }").defines("f"))
                .isFalse();
    }

    @Test
    void partOfANameIsAnotherName() {
        assertThat(new Declarations("inline int my_f(void) { return 0; }").defines("f"))
                .isFalse();
    }
}
