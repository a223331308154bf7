// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a name's meaning depends on, read from a header. */
class OptionScopesTest {
    private static final String AUDIT = """
            #ifndef _LINUX_AUDIT_H_
            #define _LINUX_AUDIT_H_
            extern void audit_init(void);
            #ifdef CONFIG_AUDITSYSCALL
            static inline void audit_syscall_exit(void *regs)
            {
            \t__audit_syscall_exit(regs);
            }
            #ifdef HAVE_X
            #define audit_x 1
            #endif
            #else /* CONFIG_AUDITSYSCALL */
            static inline void audit_syscall_exit(void *regs) { }
            #endif
            #endif
            """;

    @Test
    void aNameWithAStubDependsOnTheOption() {
        OptionScopes scopes = new OptionScopes();
        scopes.read(AUDIT);

        assertThat(scopes.optionsOf("audit_syscall_exit")).containsExactly("CONFIG_AUDITSYSCALL");
        assertThat(scopes.optionsOf("audit_x")).containsExactly("CONFIG_AUDITSYSCALL");
        assertThat(scopes.optionsOf("audit_init")).isEmpty();
        assertThat(scopes.optionsOf("CONFIG_DEBUG_RSEQ")).containsExactly("CONFIG_DEBUG_RSEQ");
    }

    @Test
    void aNameThatManyFilesUseSaysLess() {
        OptionScopes scopes = new OptionScopes();
        scopes.read(AUDIT);
        scopes.read("int likely;");
        scopes.read("int likely;");

        assertThat(scopes.weight("likely")).isLessThan(scopes.weight("audit_syscall_exit"));
    }
}
