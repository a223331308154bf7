// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel;

import java.nio.file.Path;
import java.util.List;
import org.patchoscope.semantics.kernel.config.KernelConfig;
import org.patchoscope.semantics.kernel.config.Variant;

/**
 * A source directory configured for one architecture and variant.
 *
 * @param source the directory it was configured from
 * @param out Kbuild's output directory
 * @param notHonoured requested settings that Kconfig answered differently
 */
public record Prepared(
        Path source, Path out, String key, Arch arch, Variant variant, KernelConfig config, List<String> notHonoured) {
    public Prepared {
        notHonoured = List.copyOf(notHonoured);
    }

    /** The directory around {@code out}, with the notes about it. */
    Path home() {
        return out.resolveSibling(".").normalize();
    }
}
