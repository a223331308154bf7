// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.layout;

import java.util.Map;
import java.util.OptionalLong;

/** Where a task's stack ends: {@code task_pt_regs()} of the architectures, arch/x86/include/asm/thread_info.h. */
public final class KernelStack {
    /** Bytes behind the user's registers, for FRED's frame; most kernels have none. */
    public static final String PADDING = "TOP_OF_KERNEL_STACK_PADDING";

    private KernelStack() {}

    /** How far behind the start of its memory the stack ends, in bytes; empty where {@code macros} do not say. */
    public static OptionalLong end(Map<String, Long> macros, String sizeMacro) {
        Long size = macros.get(sizeMacro);
        return size == null ? OptionalLong.empty() : OptionalLong.of(size - macros.getOrDefault(PADDING, 0L));
    }
}
