// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.program;

import java.nio.file.Path;
import java.util.function.Function;
import org.patchoscope.semantics.arch.Abi;
import org.patchoscope.semantics.arch.arm64.Arm64Abi;
import org.patchoscope.semantics.arch.x86.X86Abi;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.isa.Lifter;
import org.patchoscope.semantics.isa.arm64.Arm64Lifter;
import org.patchoscope.semantics.isa.x86.X86Lifter;

/**
 * What belongs together for one architecture.
 *
 * @param arch Kbuild's name, as in a profile
 * @param profile name of the shipped profile
 * @param cpu whose scheduling estimates of cycles are made with, as LLVM names it
 * @param triple and {@code features}: what the disassembler is made with
 * @param abi calling convention and registers with a fixed meaning
 * @param lifting makes the lifter on a disassembler of that triple
 */
public record Target(
        String arch,
        String profile,
        String cpu,
        String triple,
        String features,
        Abi abi,
        Function<Disassembler, Lifter> lifting) {

    /**
     * The architecture of that name.
     *
     * @throws IllegalArgumentException if it is not one that can be simulated
     */
    public static Target of(String arch) {
        return switch (arch) {
            case "arm64" ->
                new Target(arch, "arm64", "neoverse-n1", "aarch64-linux-gnu", "+all", Arm64Abi.abi(), Arm64Lifter::new);
            case "x86_64" -> new Target(arch, "x86-64", "znver3", "x86_64-linux-gnu", "", X86Abi.abi(), X86Lifter::new);
            default -> throw new IllegalArgumentException("no architecture named " + arch + " can be simulated");
        };
    }

    /** A disassembler for its code. */
    public Disassembler disassembler(Path libLLVM) {
        return new Disassembler(libLLVM, triple, features);
    }

    /** A lifter that decodes with {@code disassembler}. */
    public Lifter lifter(Disassembler disassembler) {
        return lifting.apply(disassembler);
    }
}
