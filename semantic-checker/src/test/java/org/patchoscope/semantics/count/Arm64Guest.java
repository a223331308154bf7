// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.patchoscope.config.EntryPaths;
import org.patchoscope.config.EntryPaths.Cpu;
import org.patchoscope.semantics.count.concrete.CellValues;

/** A Cortex-A76 that starts in the image. */
record Arm64Guest(KernelWorld world) implements Guest {

    @Override
    public String triple() {
        return "aarch64-linux-gnu";
    }

    @Override
    public String imageBase() {
        return "0x40200000";
    }

    @Override
    public Cpu cpu(Cpu cpu) {
        return cpu;
    }

    @Override
    public String source(EntryPaths entry, Cpu cpu, CellValues conditions) {
        return new Arm64BootSource(entry, cpu, conditions, world.debug())
                .text(world.objects(), world.macros().getOrDefault("THREAD_SIZE", 0L));
    }

    @Override
    public void patch(LinkedImage image, EntryPaths entry, Cpu cpu) {
        new Arm64Patching(image, cpu, world.macros()).apply();
    }

    @Override
    public List<String> machine(Path image, LinkedImage linked) {
        return List.of("qemu-system-aarch64", "-M", "virt", "-cpu", "cortex-a76", "-kernel", image.toString());
    }

    @Override
    public Map<String, Long> systemRegisters(LinkedImage image) {
        return Map.of("ELR_EL1", image.symbol("back"));
    }

    @Override
    public Map<String, Long> registers(LinkedImage image) {
        return Map.of();
    }
}
