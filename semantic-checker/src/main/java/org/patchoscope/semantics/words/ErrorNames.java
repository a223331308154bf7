// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.words;

import java.util.Map;
import java.util.Optional;

/**
 * Numbers that kernel functions return for errors, by name. Sources: include/uapi/asm-generic/errno-base.h, errno.h,
 * include/linux/errno.h. Small ones that also occur as plain numbers are not named.
 */
final class ErrorNames {
    private static final Map<Long, String> NAMES = Map.ofEntries(
            Map.entry(4L, "EINTR"),
            Map.entry(11L, "EAGAIN"),
            Map.entry(12L, "ENOMEM"),
            Map.entry(13L, "EACCES"),
            Map.entry(14L, "EFAULT"),
            Map.entry(16L, "EBUSY"),
            Map.entry(17L, "EEXIST"),
            Map.entry(19L, "ENODEV"),
            Map.entry(22L, "EINVAL"),
            Map.entry(34L, "ERANGE"),
            Map.entry(38L, "ENOSYS"),
            Map.entry(75L, "EOVERFLOW"),
            Map.entry(95L, "EOPNOTSUPP"),
            Map.entry(110L, "ETIMEDOUT"),
            Map.entry(512L, "ERESTARTSYS"),
            Map.entry(513L, "ERESTARTNOINTR"),
            Map.entry(514L, "ERESTARTNOHAND"),
            Map.entry(515L, "ENOIOCTLCMD"),
            Map.entry(516L, "ERESTART_RESTARTBLOCK"));

    private ErrorNames() {}

    /** The name of a negative error number, with its sign. */
    static Optional<String> of(long value) {
        return Optional.ofNullable(NAMES.get(-value)).map(n -> "-" + n);
    }
}
