// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.config;

import java.util.List;
import java.util.Map;

/**
 * What is known about one architecture's entry and exit code beyond what its objects say. Cells are
 * written {@code structure.member}; a structure is found in the current task.
 *
 * @param arch Kbuild's name, {@code arm64} or {@code x86_64}
 * @param objects the world: objects simulated besides those that a series touches
 * @param observable functions of the world whose calls are events for themselves, if their code is unchanged
 * @param volatileCells cells that others may write at any time
 * @param stableCells cells that never change while the code runs
 * @param stableBits single bits of a volatile cell that never change
 * @param frames what calls out of the world leave alone, each declared by a person with a reason
 * @param fixedKeys static keys that are looked at in one state only
 * @param silent calls that nobody outside need be told of
 * @param assumptions facts that are not used for a proof, but tried on every finding
 * @param registersOnStack where the current task's registers are saved
 * @param flagNames macros that name the bits of a cell or parameter
 * @param movedBits bits that one version has in one cell and another version in another cell
 * @param interruptsOff exit instructions before which interrupts must be off
 * @param paths what is counted: entries with their named paths
 */
public record ArchProfile(
        String arch,
        List<String> objects,
        List<String> observable,
        List<String> volatileCells,
        List<Stable> stableCells,
        List<StableBits> stableBits,
        List<FrameRule> frames,
        List<FixedKey> fixedKeys,
        List<SilentRule> silent,
        List<Assumption> assumptions,
        RegistersOnStack registersOnStack,
        List<FlagNames> flagNames,
        List<MovedBits> movedBits,
        List<String> interruptsOff,
        List<EntryPaths> paths) {
    public ArchProfile {
        objects = List.copyOf(objects);
        observable = List.copyOf(observable);
        volatileCells = List.copyOf(volatileCells);
        stableCells = List.copyOf(stableCells);
        stableBits = List.copyOf(stableBits);
        frames = List.copyOf(frames);
        fixedKeys = List.copyOf(fixedKeys);
        silent = List.copyOf(silent);
        assumptions = List.copyOf(assumptions);
        flagNames = List.copyOf(flagNames);
        movedBits = List.copyOf(movedBits);
        interruptsOff = List.copyOf(interruptsOff);
        paths = List.copyOf(paths);
    }

    /** One by which nothing is believed of what is called, and no cell but the stack's is special. */
    public static ArchProfile bare(String arch, RegistersOnStack registersOnStack) {
        return new ArchProfile(
                arch,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                registersOnStack,
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    /** A cell that keeps its value. */
    public record Stable(String cell, String reason) {}

    /** Bits of a cell, by macro, that keep their value. */
    public record StableBits(String cell, List<String> macros, String reason) {
        public StableBits {
            macros = List.copyOf(macros);
        }
    }

    /** A declared frame condition; {@code callees} are function names. */
    public record FrameRule(List<String> callees, List<String> preserves, String reason, String source) {
        public FrameRule {
            callees = List.copyOf(callees);
            preserves = List.copyOf(preserves);
        }
    }

    /** A static key whose state cannot matter to what is compared. */
    public record FixedKey(String key, boolean enabled, String reason, String source) {}

    /** Calls that are no events: nothing of the task's own changes in them. */
    public record SilentRule(List<String> callees, String reason, String source) {
        public SilentRule {
            callees = List.copyOf(callees);
        }
    }

    /**
     * {@code cell} is not zero only if {@code macro} is set in {@code flagCell}, and both keep their value. Or, where
     * {@code inverted} is not 0: {@code cell} is a variable of each CPU that has none of these bits just when
     * {@code macro} is set.
     */
    public record Assumption(
            String name,
            String cell,
            String flagCell,
            String macro,
            long inverted,
            String text,
            String reason,
            String source) {}

    /** {@code cell} holds the lowest address of a stack of {@code sizeMacro} bytes with pt_regs at its end. */
    public record RegistersOnStack(String cell, String sizeMacro) {}

    /**
     * Bits of {@code cells} (or of parameters so named) are shown by macros that begin with {@code prefix}.
     *
     * @param only the macros meant, where others begin like them; all if empty
     */
    public record FlagNames(List<String> cells, String prefix, List<String> only) {
        public FlagNames {
            cells = List.copyOf(cells);
            only = List.copyOf(only);
        }

        /** Whether bits are shown by this macro. */
        public boolean names(String macro) {
            return macro.startsWith(prefix) && (only.isEmpty() || only.contains(macro));
        }
    }

    /**
     * Bits of {@code from} that a version with the cell {@code to} holds there.
     *
     * @param bits macro of the bit in {@code from} to its macro in {@code to}
     * @param copied bits that stay in {@code from} and are repeated in {@code to}
     */
    public record MovedBits(
            String from,
            String to,
            Map<String, String> bits,
            Map<String, String> copied,
            String text,
            String reason,
            String source) {
        public MovedBits {
            bits = Map.copyOf(bits);
            copied = Map.copyOf(copied);
        }
    }
}
