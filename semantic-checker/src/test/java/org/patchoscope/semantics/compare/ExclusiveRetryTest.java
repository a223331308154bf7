// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.semantics.compare.verdict.Difference;
import org.patchoscope.semantics.compare.verdict.Finding;
import org.patchoscope.semantics.compare.verdict.Verdict;
import org.patchoscope.semantics.solver.Unknowns;

/** A store-exclusive that is tried again until it succeeds has no failure that a reader would have to hear of. */
class ExclusiveRetryTest {
    private static final String STORE = """
            struct task_struct { long flags; };
            void one(void); void two(void);
            static inline int store(unsigned long *p, unsigned long bit) {
              unsigned long v; int failed;
              asm volatile("1: ldxr %0, %2\\n orr %0, %0, %3\\n stxr %w1, %0, %2\\n AGAIN"
                : "=&r"(v), "=&r"(failed), "+Q"(*p) : "r"(bit));
              return failed;
            }
            """;

    @TempDir
    private Path directory;

    @Test
    void whatIsTriedAgainSucceeds() throws Exception {
        String retried = STORE.replace("AGAIN", "cbnz %w1, 1b")
                + "void f(unsigned long *p, long n) { store(p, 4); if (n) one(); }";

        Finding finding = finding(retried, retried.replace("if (n)", ""));

        assertThat(finding.conditions())
                .as("where n is 0")
                .singleElement()
                .satisfies(c -> assertThat(c).hasSize(1));
        assertThat(finding.pairs()).isEqualTo(1);
    }

    @Test
    void whatIsAskedOfTheStoreIsACondition() throws Exception {
        String tried =
                STORE.replace("AGAIN", "") + "void f(unsigned long *p, long n) { if (store(p, 4)) one(); else two(); }";

        Finding finding = finding(tried, tried.replace("one(); else ", "{} else "));

        assertThat(finding.conditions())
                .singleElement()
                .satisfies(c -> assertThat(Unknowns.of(c))
                        .singleElement()
                        .satisfies(u -> assertThat(u.toString()).contains("exclusive status")));
    }

    @Test
    void aLoopThatDoesMoreIsFollowed() throws Exception {
        String counted = """
                struct task_struct { long flags; };
                void one(void);
                void f(unsigned long *p, unsigned long *rounds) {
                  unsigned long v; int failed;
                  asm volatile("1: ldr %0, %3\\n add %0, %0, 1\\n str %0, %3\\n ldxr %0, %2\\n orr %0, %0, 4\\n"
                    " stxr %w1, %0, %2\\n cbnz %w1, 1b"
                    : "=&r"(v), "=&r"(failed), "+Q"(*p), "+Q"(*rounds));
                  one();
                }
                """;

        Verdict v = new TwoVersions("arm64", directory)
                .compare(counted, counted.replace("add %0, %0, 1", "add %0, %0, 2"))
                .roots()
                .getFirst()
                .verdict();

        List<Finding> findings = ((Verdict.Changed) v).findings();
        assertThat(findings).singleElement().satisfies(f -> {
            assertThat(f.example().kind()).isEqualTo(Difference.Kind.MEMORY);
            assertThat(f.conditions())
                    .as("the first round and later ones differ each by itself")
                    .hasSizeGreaterThan(1);
        });
    }

    private Finding finding(String before, String after) throws Exception {
        Verdict v = new TwoVersions("arm64", directory)
                .compare(before, after)
                .roots()
                .getFirst()
                .verdict();
        return ((Verdict.Changed) v).findings().getFirst();
    }
}
