// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.config.EntryPaths;
import org.patchoscope.config.EntryPaths.Cpu;
import org.patchoscope.config.EntryPaths.NamedPath;
import org.patchoscope.semantics.environment.Layout;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.isa.TestToolchain;

/**
 * The counts of the profile's paths equal those of an emulator: the same objects, linked and patched without
 * the code under test, run on an emulated machine from the system call in user mode to the exit from the kernel.
 */
class EmulatedPathsTest {
    private static final String FIRMWARE = "call to firmware";

    @TempDir
    private Path directory = Path.of(".");

    @Test
    void theEmulatorExecutesAsManyInstructions() throws Exception {
        Emulator.assume();
        KernelWorld world = KernelWorld.arm64();
        EntryPaths entry = world.profile().paths().getFirst();
        for (NamedPath path : entry.paths()) {
            for (Cpu cpu : entry.cpus()) {
                compare(world, entry, path, cpu);
            }
        }
    }

    private void compare(KernelWorld world, EntryPaths entry, NamedPath path, Cpu cpu) throws Exception {
        KernelWorld inside = world.without(entry.outside());
        Conditions conditions = Conditions.of(entry, path, new Layout(world.debug()), world.macros());
        String source = new BootSource(entry, cpu, conditions, world.debug())
                .text(inside.objects(), inside.macros().getOrDefault("THREAD_SIZE", 0L));
        LinkedImage image = new LinkedImage(link(inside, source));
        image.applyAlternatives(cpu, world.macros());
        Path patched = directory.resolve("patched.elf");
        image.write(patched);

        List<Long> executed = Emulator.run(patched, image.symbol("back"));

        int first = executed.indexOf(
                image.symbol(cpu.entry().symbol()) + cpu.entry().offset());
        List<Long> kernel = executed.subList(first, executed.size());
        long start = image.symbol("outside_start");
        long end = image.symbol("outside_end");
        long counted = kernel.stream().filter(pc -> pc < start || pc >= end).count();
        List<String> called = kernel.stream()
                .filter(pc -> pc >= start && pc < end)
                .map(image::name)
                .filter(n -> !n.isEmpty())
                .map(n -> n.equals("outside_syscall") ? "call through a pointer" : n)
                .toList();
        PathCount.Counted own = own(inside, entry, path, cpu, image.symbol("user") + 4);
        System.out.printf("[count] %s, %s: emulator %d, own %s%n", path.name(), cpu.name(), counted, own);
        assertThat((long) own.instructions())
                .as(path.name() + ", " + cpu.name())
                .isEqualTo(counted);
        assertThat(own.outside().stream().filter(n -> !n.equals(FIRMWARE)).toList())
                .isEqualTo(called);
    }

    private Path link(KernelWorld world, String source) throws Exception {
        Path tools = TestToolchain.directory().resolve("bin");
        Path s = Files.writeString(directory.resolve("boot.s"), source);
        Path o = directory.resolve("boot.o");
        Path elf = directory.resolve("image.elf");
        Path log = directory.resolve("log");
        String clang = tools.resolve("clang").toString();
        TestToolchain.run(log, List.of(clang, "--target=aarch64-linux-gnu", "-c", s.toString(), "-o", o.toString()));
        List<String> command = new ArrayList<>(List.of(
                tools.resolve("ld.lld").toString(),
                "-static",
                "-e",
                "_start",
                "--image-base=0x40200000",
                "-z",
                "max-page-size=4096",
                "-o",
                elf.toString(),
                o.toString()));
        world.files().forEach(f -> command.add(f.toString()));
        TestToolchain.run(log, command);
        return elf;
    }

    /** The count of the code under test from the same state: user mode is where the image has it. */
    private static PathCount.Counted own(KernelWorld world, EntryPaths e, NamedPath path, Cpu cpu, long user) {
        Map<String, Long> system = new HashMap<>(e.systemRegisters());
        system.put("ELR_EL1", user);
        EntryPaths one = new EntryPaths(
                e.name(),
                e.registers(),
                system,
                e.currentTask(),
                e.outside(),
                e.cells(),
                e.answers(),
                e.passes(),
                List.of(cpu),
                List.of(path));
        try (Disassembler disassembler = TestToolchain.arm64()) {
            PathCounter counter = new PathCounter(world.program(disassembler), world.macros());
            PathCount count = counter.count(one).getFirst();
            assertThat(count.result()).isInstanceOf(PathCount.Counted.class);
            return (PathCount.Counted) count.result();
        }
    }
}
