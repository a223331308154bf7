// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.patchoscope.config.EntryPaths;
import org.patchoscope.config.EntryPaths.Cpu;
import org.patchoscope.semantics.count.concrete.CellValues;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.isa.TestToolchain;

/** A PC whose firmware does nothing but go on in the image. */
record X86Guest(KernelWorld world, Path directory) implements Guest {
    private static final int ROM = 65536;

    @Override
    public String triple() {
        return "x86_64-linux-gnu";
    }

    @Override
    public String imageBase() {
        return "0x1000000";
    }

    /** QEMU 7.2 takes bit 63 of cr3, which goes with process-context identifiers, for a reserved one. */
    @Override
    public Cpu cpu(Cpu cpu) {
        List<String> features = cpu.features().stream()
                .filter(f -> !f.equals("X86_FEATURE_PCID"))
                .toList();
        return new Cpu(
                cpu.name(),
                cpu.text(),
                cpu.entry(),
                features,
                cpu.callbacks(),
                cpu.staticKeys(),
                cpu.returnThunk(),
                cpu.variables());
    }

    @Override
    public String source(EntryPaths entry, Cpu cpu, CellValues conditions) {
        return new X86BootSource(entry, cpu, conditions, world).text();
    }

    @Override
    public void patch(LinkedImage image, EntryPaths entry, Cpu cpu) {
        try (Disassembler disassembler = TestToolchain.x86()) {
            X86Patching patching = new X86Patching(image, disassembler, cpu, world.macros());
            patching.apply();
            entry.outside().stream()
                    // a name of another tree has no code here
                    .filter(f -> image.has(f) && image.has(X86BootSource.SUBSTITUTE + f))
                    .forEach(f -> patching.jump(image.symbol(f), image.symbol(X86BootSource.SUBSTITUTE + f)));
        }
    }

    @Override
    public List<String> machine(Path image, LinkedImage linked) throws Exception {
        Path rom = directory.resolve("rom.bin");
        Files.write(rom, firmware(linked.symbol("_start")));
        String load = "loader,file=" + image;
        return List.of("qemu-system-x86_64", "-no-reboot", "-cpu", "max", "-bios", rom.toString(), "-device", load);
    }

    /** Code for the end of the first 4 GiB, where the processor starts in 16-bit mode: into 32-bit mode and on. */
    private byte[] firmware(long start) throws Exception {
        String source = ".code16; begin: cli; lgdtl %cs:(pointer - begin); movl $1, %eax; movl %eax, %cr0;"
                + "ljmpl $8, $" + start + "; .balign 16;"
                + "gdt: .quad 0, 0x00cf9b000000ffff, 0x00cf9b000000ffff, 0x00cf93000000ffff;"
                + "pointer: .word pointer - gdt - 1; .long 0xffff0000 + gdt - begin;"
                + ".org " + (ROM - 16) + "; .byte 0xe9, 13, 0; .org " + ROM;
        return TestToolchain.assemble(directory, "i386-linux-gnu", source.replace(";", "\n"));
    }

    @Override
    public Map<String, Long> systemRegisters(LinkedImage image) {
        return Map.of();
    }

    @Override
    public Map<String, Long> registers(LinkedImage image) {
        return Map.of("rcx", image.symbol("back"));
    }
}
