// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** The part of libLLVM's C interface that disassembles. Not safe for use by more than one thread. */
@SuppressWarnings("restricted") // calling native code is what this class is for
final class NativeDisassembler {
    private static final int LONGEST_TEXT = 512;
    private static final int LONGEST_INSTRUCTION = 16;
    private static final long MARKUP_AND_HEX = 1 | 2;
    private static final long INTEL_SYNTAX = 4;

    private final SymbolLookup library;
    private final MethodHandle disassemble;
    private final MethodHandle dispose;
    private final MemorySegment context;
    private final MemorySegment code;
    private final MemorySegment text;

    /** {@code intel}: on x86, whether to print what Intel's manual writes, and not what the kernel's sources have. */
    NativeDisassembler(Arena arena, Path libLLVM, String triple, String features, boolean intel) {
        this.library = SymbolLookup.libraryLookup(libLLVM, arena);
        this.disassemble = handle(
                "LLVMDisasmInstruction",
                FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG));
        this.dispose = handle("LLVMDisasmDispose", FunctionDescriptor.ofVoid(ADDRESS));
        this.code = arena.allocate(LONGEST_INSTRUCTION);
        this.text = arena.allocate(LONGEST_TEXT);
        try {
            this.context = create(arena, triple, features, intel);
        } catch (Throwable e) {
            throw new IllegalStateException("cannot start LLVM's disassembler for " + triple, e);
        }
    }

    private MethodHandle handle(String function, FunctionDescriptor type) {
        return Linker.nativeLinker().downcallHandle(library.findOrThrow(function), type);
    }

    private MemorySegment create(Arena arena, String triple, String features, boolean intel) throws Throwable {
        boolean x86 = triple.startsWith("x86_64");
        for (String part : new String[] {"TargetInfo", "TargetMC", "Disassembler"}) {
            handle("LLVMInitialize" + (x86 ? "X86" : "AArch64") + part, FunctionDescriptor.ofVoid())
                    .invokeExact();
        }
        MethodHandle make = handle(
                "LLVMCreateDisasmCPUFeatures",
                FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, ADDRESS));
        MemorySegment none = MemorySegment.NULL;
        MemorySegment made = (MemorySegment) make.invokeExact(
                arena.allocateFrom(triple), arena.allocateFrom(""), arena.allocateFrom(features), none, 0, none, none);
        if (made.equals(none)) {
            throw new IllegalArgumentException("LLVM knows no target " + triple);
        }
        MethodHandle options = handle("LLVMSetDisasmOptions", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));
        // Choosing the syntax replaces the printer, so it comes before the options that the printer keeps.
        if (x86 && intel) {
            int ignored = (int) options.invokeExact(made, INTEL_SYNTAX);
        }
        int done = (int) options.invokeExact(made, MARKUP_AND_HEX);
        if (done == 0) {
            throw new IllegalStateException("LLVM has no markup for " + triple);
        }
        return made;
    }

    /** The length of the instruction at {@code bytes[at]}, or zero; its text is then in {@link #text}. */
    int decode(byte[] bytes, int at, long address) {
        int length = Math.min(LONGEST_INSTRUCTION, bytes.length - at);
        MemorySegment.copy(bytes, at, code, JAVA_BYTE, 0, length);
        try {
            return (int)
                    (long) disassemble.invokeExact(context, code, (long) length, address, text, (long) LONGEST_TEXT);
        } catch (Throwable e) {
            throw new IllegalStateException("LLVM's disassembler failed", e);
        }
    }

    String text() {
        return text.getString(0);
    }

    void dispose() {
        try {
            dispose.invokeExact(context);
        } catch (Throwable e) {
            throw new IllegalStateException("LLVM's disassembler failed", e);
        }
    }
}
