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
import org.patchoscope.semantics.count.concrete.CellValues;
import org.patchoscope.semantics.count.concrete.PathCount;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.isa.TestToolchain;
import org.patchoscope.semantics.layout.Layout;

/**
 * The counts of the profile's paths equal those of an emulator: the same objects, linked and patched without
 * the code under test, run on an emulated machine from the system call in user mode to the exit from the kernel.
 */
class EmulatedPathsTest {
    private static final String FIRMWARE = "call to firmware";

    @TempDir
    private Path directory = Path.of(".");

    @Test
    void theEmulatorExecutesAsManyInstructionsOfArm64() throws Exception {
        Emulator.assume("qemu-system-aarch64", "qemu-system-arm");
        KernelWorld world = KernelWorld.arm64();
        compare(new Arm64Guest(world.without(world.profile().paths().getFirst().outside())));
    }

    @Test
    void theEmulatorExecutesAsManyInstructionsOfX86() throws Exception {
        Emulator.assume("qemu-system-x86_64", "qemu-system-x86");
        compare(new X86Guest(KernelWorld.x86(), directory));
    }

    @Test
    void theEmulatorExecutesAsManyInstructionsOfX86OfLinux61() throws Exception {
        Emulator.assume("qemu-system-x86_64", "qemu-system-x86");
        compare(new X86Guest(KernelWorld.oldX86(), directory));
    }

    @Test
    void theEmulatorExecutesAsManyInstructionsOfX86WithFred() throws Exception {
        Emulator.assume("qemu-system-x86_64", "qemu-system-x86");
        compare(new X86Guest(KernelWorld.x86WithFred(), directory));
    }

    @Test
    void theEmulatorExecutesAsManyInstructionsOfX86WithThunks() throws Exception {
        Emulator.assume("qemu-system-x86_64", "qemu-system-x86");
        KernelWorld world = KernelWorld.x86WithThunks();
        assertThat(world.objects()).anyMatch(o -> o.symbols().containsKey("__x86_return_thunk"));
        compare(new X86Guest(world, directory));
    }

    private void compare(Guest guest) throws Exception {
        for (EntryPaths entry : guest.world().profile().paths()) {
            for (NamedPath path : entry.paths()) {
                for (Cpu cpu : entry.cpus()) {
                    boolean made = cpu.returnThunk().isEmpty()
                            || guest.world().objects().stream()
                                    .anyMatch(o -> o.symbols().containsKey(cpu.returnThunk()));
                    if (made) {
                        compare(guest, entry, path, guest.cpu(cpu));
                    }
                }
            }
        }
    }

    private void compare(Guest guest, EntryPaths entry, NamedPath path, Cpu cpu) throws Exception {
        KernelWorld world = guest.world();
        CellValues conditions = CellValues.of(entry, path, new Layout(world.debug()), world.macros());
        LinkedImage image = new LinkedImage(link(guest, guest.source(entry, cpu, conditions)));
        guest.patch(image, entry, cpu);
        Path patched = directory.resolve("patched.elf");
        image.write(patched);

        List<Long> executed = Emulator.run(guest.machine(patched, image), directory, image.symbol("back"));

        int first = executed.indexOf(
                image.symbol(cpu.entry().symbol()) + cpu.entry().offset());
        List<Long> kernel = executed.subList(first, executed.size());
        long start = image.symbol("outside_start");
        long end = image.symbol("outside_end");
        // Where the image has a function that is not counted, its first instruction leads to the substitute.
        List<Long> substituted = entry.outside().stream()
                .filter(image::has)
                .map(image::symbol)
                .filter(pc -> pc < start || pc >= end)
                .toList();
        long counted = kernel.stream()
                .filter(pc -> pc < start || pc >= end)
                .filter(pc -> !substituted.contains(pc))
                .count();
        List<String> called = kernel.stream()
                .filter(pc -> pc >= start && pc < end)
                .map(image::name)
                .filter(n -> !n.isEmpty())
                .map(n -> n.equals("outside_syscall") ? "call through a pointer" : n.replaceFirst("^outside of ", ""))
                .toList();
        PathCount.Counted own = own(guest, image, entry, path, cpu);
        System.out.printf("[count] %s, %s: emulator %d, own %s%n", path.name(), cpu.name(), counted, own);
        assertThat((long) own.instructions())
                .as(path.name() + ", " + cpu.name())
                .isEqualTo(counted);
        assertThat(own.outside().stream().filter(n -> !n.equals(FIRMWARE)).toList())
                .isEqualTo(called);
    }

    private Path link(Guest guest, String source) throws Exception {
        Path tools = TestToolchain.directory().resolve("bin");
        Path s = Files.writeString(directory.resolve("boot.s"), source);
        Path o = directory.resolve("boot.o");
        Path elf = directory.resolve("image.elf");
        Path log = directory.resolve("log");
        String clang = tools.resolve("clang").toString();
        TestToolchain.run(log, List.of(clang, "--target=" + guest.triple(), "-c", s.toString(), "-o", o.toString()));
        List<String> command = new ArrayList<>(List.of(
                tools.resolve("ld.lld").toString(),
                "-static",
                "-e",
                "_start",
                "--image-base=" + guest.imageBase(),
                "-z",
                "max-page-size=4096",
                "-o",
                elf.toString(),
                o.toString()));
        guest.world().files().forEach(f -> command.add(f.toString()));
        TestToolchain.run(log, command);
        return elf;
    }

    /** The count of the code under test from the same state: user mode is where the image has it. */
    private static PathCount.Counted own(Guest guest, LinkedImage image, EntryPaths e, NamedPath path, Cpu cpu) {
        Map<String, Long> system = new HashMap<>(e.systemRegisters());
        system.putAll(guest.systemRegisters(image));
        Map<String, Long> registers = new HashMap<>(e.registers());
        registers.putAll(guest.registers(image));
        EntryPaths one = new EntryPaths(
                e.name(),
                registers,
                system,
                e.currentTask(),
                e.stacks(),
                e.outside(),
                e.cells(),
                e.answers(),
                e.passes(),
                List.of(cpu),
                List.of(path));
        KernelWorld world = guest.world();
        try (Disassembler disassembler =
                world.target().disassembler(TestToolchain.directory().resolve("lib/libLLVM.so.20.1"))) {
            PathCounter counter = new PathCounter(world.program(disassembler), world.target(), world.macros());
            PathCount count = counter.count(one).getFirst();
            assertThat(count.result()).isInstanceOf(PathCount.Counted.class);
            return (PathCount.Counted) count.result();
        }
    }
}
