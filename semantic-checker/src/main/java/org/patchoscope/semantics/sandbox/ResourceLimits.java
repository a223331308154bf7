// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.sandbox;

import java.time.Duration;

/**
 * What a command may use at most.
 *
 * @param memoryBytes of all its processes together (resident), and of each alone (address space)
 * @param processes alive at one moment
 * @param outputBytes of standard output and of standard error, each
 * @param fileBytes of any one file it writes
 */
public record ResourceLimits(Duration time, long memoryBytes, int processes, long outputBytes, long fileBytes) {
    private static final long MIB = 1L << 20;

    public ResourceLimits {
        if (time.isNegative() || time.isZero() || memoryBytes <= 0 || processes <= 0 || outputBytes < 0) {
            throw new IllegalArgumentException("limits must be positive: " + time + ", " + memoryBytes);
        }
    }

    /** One compiler run: a second or two in practice. */
    public static ResourceLimits compile() {
        return new ResourceLimits(Duration.ofMinutes(2), 4096 * MIB, 16, 64 * MIB, 512 * MIB);
    }

    /** A Kbuild run: host tools, Kconfig, generated headers, some objects. */
    public static ResourceLimits kbuild() {
        return new ResourceLimits(Duration.ofMinutes(15), 8192 * MIB, 256, 64 * MIB, 1024 * MIB);
    }
}
