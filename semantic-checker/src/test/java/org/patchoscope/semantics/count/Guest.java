// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.patchoscope.config.EntryPaths;
import org.patchoscope.config.EntryPaths.Cpu;
import org.patchoscope.semantics.count.concrete.CellValues;

/** What an emulated machine of one architecture needs to run an entry's paths. */
interface Guest {
    /** The world, without the objects for which the image has a substitute. */
    KernelWorld world();

    /** LLVM's name of the architecture. */
    String triple();

    /** Where the image lies. */
    String imageBase();

    /** The processor, or what of it the emulator can do. */
    Cpu cpu(Cpu cpu);

    /** Assembly source of what surrounds the kernel's objects. */
    String source(EntryPaths entry, Cpu cpu, CellValues conditions);

    /** Patches the code as the kernel would for a processor. */
    void patch(LinkedImage image, EntryPaths entry, Cpu cpu) throws Exception;

    /** How the emulator is started with a file. */
    List<String> machine(Path image, LinkedImage linked) throws Exception;

    /** System registers that depend on where the image lies. */
    Map<String, Long> systemRegisters(LinkedImage image);

    /** General registers that depend on where the image lies. */
    Map<String, Long> registers(LinkedImage image);
}
