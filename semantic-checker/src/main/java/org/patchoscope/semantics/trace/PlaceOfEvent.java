// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.trace;

import java.util.List;
import org.patchoscope.semantics.program.Location;

/**
 * Where an execution is: what all states that may be joined with each other have in common.
 *
 * @param calls where each active call goes back to, the outermost first
 * @param pc the next instruction
 * @param replaced where execution goes on after replaced instructions; empty outside of such
 */
public record PlaceOfEvent(List<Location> calls, Location pc, List<Location> replaced) {
    public PlaceOfEvent {
        calls = List.copyOf(calls);
        replaced = List.copyOf(replaced);
    }

    @Override
    public String toString() {
        return pc.toString();
    }
}
