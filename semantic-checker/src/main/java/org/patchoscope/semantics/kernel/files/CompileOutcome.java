// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel.files;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What became of compiling one object at one source state. */
public sealed interface CompileOutcome {
    /**
     * There is an object.
     *
     * @param contentKey equal keys mean equal command, sources and options, hence equal code
     * @param sourceDeps files of the source tree that were read, relative to its root
     * @param configOptionsRead options (with {@code CONFIG_}) that occur in any file that was read
     */
    record Compiled(Path object, String contentKey, List<String> sourceDeps, Set<String> configOptionsRead)
            implements CompileOutcome {
        public Compiled {
            sourceDeps = List.copyOf(sourceDeps);
            SortedSet<String> sorted = new TreeSet<>(configOptionsRead);
            configOptionsRead = Collections.unmodifiableSortedSet(sorted);
        }
    }

    /** The compiler or Kbuild found an error in the source. */
    record Failed(String firstError, String log) implements CompileOutcome {}

    /** The state has no source for this object. */
    record Absent(String why) implements CompileOutcome {}

    /** The source is there, but the kernel of this configuration does not include the object. */
    record NotIncluded(String why) implements CompileOutcome {}

    /** It took more than it may. */
    record LimitExceeded(String which) implements CompileOutcome {}

    /** It was not tried, or its result cannot be trusted. */
    record Refused(String why) implements CompileOutcome {}
}
