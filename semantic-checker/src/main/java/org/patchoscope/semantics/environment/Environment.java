// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.environment;

import java.util.List;
import java.util.Optional;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.layout.Placement;
import org.patchoscope.semantics.program.Program.FunctionRef;
import org.patchoscope.semantics.trace.Cell;

/** What the machine asks the environment model while it executes. */
public interface Environment {

    /** Whether a call to a function of the world is an event, instead of being followed. */
    boolean opaque(FunctionRef callee);

    /** The name a callee has in events: the same for both versions of what is the same function. */
    String eventName(String callee);

    /** Whether a call to {@code callee} (an event name) is no event and changes nothing of the task's own. */
    boolean silent(String callee);

    /** What a call to {@code callee} (an event name) leaves alone. */
    Frame frame(String callee);

    /** The state of a static key where it is fixed; empty if both are to be explored. */
    Optional<Boolean> staticKey(String key);

    /** Whether a CPU feature is present where that is fixed; empty if both are to be explored. */
    Optional<Boolean> cpuFeature(int feature);

    /** A CPU feature's name. */
    String featureName(int feature);

    /** How volatile cells are read. */
    ReadSemantics reading();

    /** Whether others may write the cell at any time. */
    boolean isVolatile(Cell cell);

    /** Bits of the cell that never change while the code runs; all ones for a constant cell. */
    long stableBits(Cell cell);

    /** What the profile calls a cell with such bits. */
    Optional<String> stableName(Cell cell);

    /** Whether the cell lies in a region that a {@link Frame} names. */
    boolean inRegion(Cell cell, String region);

    /** How the result of {@code callee} (an event name) is made where one side has a truth value and the other not. */
    Optional<ResultRelation.Side> related(String callee);

    /** Parameters of {@code callee} (an event name) that one version has where the other reads a cell; by position. */
    List<Supply> supplied(String callee);

    /** A value the cell is known to have at the start, in terms of other inputs. */
    Optional<Expr> initialValue(Cell cell);

    /** Where bytes lie in the numbering that both versions share. */
    Placement placement();
}
