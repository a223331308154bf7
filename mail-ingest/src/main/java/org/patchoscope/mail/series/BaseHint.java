// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.series;

import java.util.List;

/** What a series says about the tree it applies to. The differ tries it first and keeps every attempt with its reason. */
public sealed interface BaseHint {

    /**
     * A {@code base-commit:} line (git format-patch --base).
     *
     * @param id the commit, as written: 7 to 64 hex digits
     * @param prerequisites the values of {@code prerequisite-patch-id:}, in the order in which they are to be applied
     */
    record Commit(String id, List<String> prerequisites) implements BaseHint {
        public Commit {
            prerequisites = List.copyOf(prerequisites);
        }
    }

    /** A Linux version or stable branch in the subject ({@code 6.18}, {@code 5.10.y}) or in "based on v7.2-rc1". */
    record VersionName(String text) implements BaseHint {}

    /** Nothing said. */
    record None() implements BaseHint {}
}
