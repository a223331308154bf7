// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.environment;

import java.util.List;
import org.patchoscope.config.ArchProfile;

/** A profile for code of a few lines, whose task has {@code thread_info.flags} and whose callees are {@code note} and {@code preempt}. */
public final class TestProfile {
    private TestProfile() {}

    /** Others may write the flags, {@code note()} leaves the registers alone and {@code preempt()} is no event. */
    public static ArchProfile of(String arch) {
        return new ArchProfile(
                arch,
                List.of(),
                List.of(),
                List.of("thread_info.flags"),
                List.of(),
                List.of(),
                List.of(new ArchProfile.FrameRule(List.of("note"), List.of("pt_regs"), "gets a value", "test")),
                List.of(),
                List.of(new ArchProfile.SilentRule(List.of("preempt"), "an interrupt may do it", "test")),
                List.of(),
                new ArchProfile.RegistersOnStack("task_struct.stack", "THREAD_SIZE"),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }
}
