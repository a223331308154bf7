// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count.concrete;

import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;

/** What executed instructions are counted under. */
public enum InstructionKind {
    MOVE("moves"),
    ARITHMETIC("arithmetic"),
    LOAD("loads"),
    STORE("stores"),
    /** Jumps, and the exit from the kernel. */
    BRANCH("branches"),
    /** Calls, also to what is not counted itself, and returns. */
    CALL("calls and returns"),
    SYSTEM("system"),
    /** Instructions that do nothing: {@code nop}, {@code bti}, patched-out code. */
    NOP("nops");

    private final String text;

    InstructionKind(String text) {
        this.text = text;
    }

    /** As reports write it. */
    public String text() {
        return text;
    }

    static InstructionKind of(Lifted i) {
        if (i.ops().stream().anyMatch(op -> op instanceof Op.Call || op instanceof Op.Return)) {
            return CALL;
        }
        if (i.ops().stream().anyMatch(op -> op instanceof Op.Exit)) {
            return BRANCH;
        }
        return switch (i.kind()) {
            case MOVE -> MOVE;
            case ARITHMETIC -> ARITHMETIC;
            case LOAD -> LOAD;
            case STORE -> STORE;
            case BRANCH -> BRANCH;
            case SYSTEM -> SYSTEM;
            case NOP -> NOP;
        };
    }
}
