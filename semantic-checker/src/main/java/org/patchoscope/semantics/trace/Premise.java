// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.trace;

/**
 * Something that a verdict rests on and that the simulator does not check itself. The list is closed: whoever shows premises
 * has words for each, and {@code docs/premises.md} has them all.
 */
public sealed interface Premise {
    /** A call outside changes no more than the profile declares. */
    record DeclaredFrame(String callee) implements Premise {}

    /** A call is no event and changes nothing of the task's own, as the profile declares. */
    record SilentCallee(String callee) implements Premise {}

    /** A static key has the value that the profile declares. */
    record FixedKey(String key) implements Premise {}

    /** What a call through a pointer is given is what debug information says of the place. */
    record CallThroughPointer() implements Premise {}

    /** A call outside is given what its prototype says, and nothing else. */
    record Prototypes() implements Premise {}

    /** Objects behind different pointers do not overlap. */
    record DisjointPointers() implements Premise {}

    /** Bits of a cell are the same whenever they are read, as the profile declares. */
    record StableCell(String cell) implements Premise {}

    /** What a function reads for itself in one version its callers pass in the other. */
    record SuppliedArgument(String function) implements Premise {}

    /** Bits that moved to another word mean the same there, as the profile declares. */
    record MovedMember(String cell) implements Premise {}

    /** Members of a structure that is laid out differently are the same if their names are. */
    record MatchedLayout() implements Premise {}

    /** Members that only one version has are 0 where the path has not written them. */
    record NewMember(String structure) implements Premise {}

    /** What a vector calls keeps the privilege level of what was interrupted. */
    record PrivilegeLevelKept() implements Premise {}

    /** The interrupted registers are copied to the task's stack, and nothing else happens. */
    record RegistersMoved() implements Premise {}

    /** The kind before a colon, and what it is about after it, as reports name it. */
    default String name() {
        return switch (this) {
            case DeclaredFrame p -> "frame:" + p.callee();
            case SilentCallee p -> "silent:" + p.callee();
            case FixedKey p -> "key:" + p.key();
            case CallThroughPointer p -> "indirect";
            case Prototypes p -> "prototypes";
            case DisjointPointers p -> "no-overlap";
            case StableCell p -> "stable:" + p.cell();
            case SuppliedArgument p -> "supplied:" + p.function();
            case MovedMember p -> "moved:" + p.cell();
            case MatchedLayout p -> "layouts";
            case NewMember p -> "new:" + p.structure();
            case PrivilegeLevelKept p -> "privilege-level-kept";
            case RegistersMoved p -> "registers-moved";
        };
    }
}
