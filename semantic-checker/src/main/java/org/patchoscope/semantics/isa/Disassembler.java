// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Decodes instructions with LLVM's disassembler. The triple's architecture must be {@code aarch64} or
 * {@code x86_64} (printed in Intel syntax). May be shared by threads, which then take turns.
 */
public final class Disassembler implements AutoCloseable {
    private final Arena arena = Arena.ofShared();
    private final NativeDisassembler llvm;
    private final OperandSyntax syntax;
    /** Prints as the kernel's sources do; on x86 that is not how the operands are read. */
    private final NativeDisassembler source;

    /** Words that LLVM prints as instructions of their own, and that belong to the one behind them. */
    private static final Set<String> PREFIXES = Set.of(
            "lock", "rep", "repe", "repz", "repne", "repnz", "data16", "notrack", "cs", "ds", "es", "ss", "rex64");

    /**
     * An instruction as the kernel's sources spell it.
     *
     * @param length in bytes, prefixes included
     * @param mnemonic in AT&T syntax on x86; {@code .byte} where LLVM knows no instruction
     * @param text with operands, one space between words; empty where there is none
     */
    public record Spelled(int length, String mnemonic, String text) {}

    /**
     * Loads the library.
     *
     * @param features as for {@code llvm-mc -mattr}; arm64 needs {@code +all}
     */
    public Disassembler(Path libLLVM, String triple, String features) {
        boolean x86 = triple.startsWith("x86_64");
        this.llvm = new NativeDisassembler(arena, libLLVM, triple, features, true);
        this.source = x86 ? new NativeDisassembler(arena, libLLVM, triple, features, false) : llvm;
        this.syntax = x86 ? new IntelSyntax() : new Arm64Syntax();
    }

    /** The instruction at {@code code[at]}, or nothing if LLVM knows none there. */
    public synchronized Optional<Decoded> decode(byte[] code, int at, long address) {
        if (at < 0 || at >= code.length) {
            return Optional.empty();
        }
        int length = llvm.decode(code, at, address);
        return length == 0 ? Optional.empty() : Optional.of(OperandSyntax.decoded(length, llvm.text(), syntax));
    }

    /** How the kernel's sources would spell the instruction at {@code code[at]}, one byte of data at the least. */
    public synchronized Spelled spelled(byte[] code, int at) {
        int from = at;
        String prefix = "";
        while (from < code.length) {
            int length = source.decode(code, from, 0);
            if (length == 0) {
                break;
            }
            from += length;
            String text = source.text().strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
            for (String word : text.split(" ", -1)) {
                if (!PREFIXES.contains(word)) {
                    return new Spelled(from - at, prefix + word, text.startsWith(prefix) ? text : prefix + text);
                }
                prefix += word.equals("lock") || word.startsWith("rep") ? word + " " : "";
            }
        }
        return new Spelled(1, ".byte", "");
    }

    @Override
    public synchronized void close() {
        llvm.dispose();
        if (source != llvm) {
            source.dispose();
        }
        arena.close();
    }
}
