// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.sabotage;

/** What is done to the code. */
public enum FaultKind {
    DROP_STORE("a store dropped"),
    DROP_LOAD("a load dropped"),
    DROP_CALL("a call dropped"),
    DROP_BARRIER("a barrier dropped"),
    DROP_SYSTEM("another system instruction dropped"),
    DROP_BRANCH("a branch dropped"),
    DROP_OTHER("another instruction dropped"),
    SWAP("two neighbours swapped"),
    NEGATE("a branch negated"),
    CONDITION("another condition"),
    IMMEDIATE("another constant"),
    BIT("another bit tested"),
    OFFSET("another offset of an access"),
    REGISTER("another register"),
    OPERATION("another operation"),
    WIDTH("another width of an access"),
    UNORDERED("an access not atomic, or not ordered"),
    SAME_SWAP("independent neighbours swapped"),
    SAME_CODING("the same instruction coded in another way"),
    SAME_OPERATION("another instruction that does the same");

    private final String words;

    FaultKind(String words) {
        this.words = words;
    }

    /** For the table. */
    public String words() {
        return words;
    }

    /** Whether the behaviour is kept, so that it is {@code changed} that would be wrong. */
    public boolean preserving() {
        return name().startsWith("SAME_");
    }
}
