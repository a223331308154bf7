// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Decodes instructions with LLVM's disassembler. The triple's architecture must be {@code aarch64} or
 * {@code x86_64} (printed in Intel syntax). May be shared by threads, which then take turns.
 */
public final class Disassembler implements AutoCloseable {
    private final Arena arena = Arena.ofShared();
    private final NativeDisassembler llvm;
    private final OperandSyntax syntax;

    /**
     * Loads the library.
     *
     * @param features as for {@code llvm-mc -mattr}; arm64 needs {@code +all}
     */
    public Disassembler(Path libLLVM, String triple, String features) {
        this.llvm = new NativeDisassembler(arena, libLLVM, triple, features);
        this.syntax = triple.startsWith("x86_64") ? new IntelSyntax() : new Arm64Syntax();
    }

    /** The instruction at {@code code[at]}, or nothing if LLVM knows none there. */
    public synchronized Optional<Decoded> decode(byte[] code, int at, long address) {
        if (at < 0 || at >= code.length) {
            return Optional.empty();
        }
        int length = llvm.decode(code, at, address);
        return length == 0 ? Optional.empty() : Optional.of(OperandSyntax.decoded(length, llvm.text(), syntax));
    }

    @Override
    public synchronized void close() {
        llvm.dispose();
        arena.close();
    }
}
